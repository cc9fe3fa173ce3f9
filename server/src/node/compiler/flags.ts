/** What a compiler's command line says of a file. */
import { resolve } from 'node:path';
import type { Target } from '../../types/ctype.ts';
import { readRegularFile } from '../regularFile.ts';

export interface CompileFlags {
	/** `-I`, `-isystem`, `-iquote`, `-imsvc`, `/I`: absolute folders in order. */
	readonly includePath: readonly string[];
	/** `-D`, `/D`, as far as no `-U` takes them back: `NAME` or `NAME=value`. */
	readonly defines: readonly string[];
	/** `-include`, `/FI`: files that are read first, absolute where they were found and as written otherwise. */
	readonly forced: readonly string[];
	/** `-m32`, `-m64`, `--target=`, `-arch`, or the compiler's own name: the one target compiled for, where the command line names it. */
	readonly target?: Target;
}

/** Further include folders of one file are not searched: each costs a look for every include. */
export const MOST_FOLDERS = 256;
/** Further definitions of one file are left out, in UTF-16 units of all together: every header is read behind them. */
export const MOST_DEFINED = 64 * 1024;
export const MOST_FORCED = 16;

/** Response files that name one another are followed this far. */
const DEEPEST_RESPONSE = 4;
/** Longer response files are not read, in bytes. */
const LONGEST_RESPONSE = 1024 * 1024;
/** Words of one command line at most, those of its response files among them. */
const MOST_WORDS = 20_000;

/** Collects flags in the order of a command line. */
export class FlagList {
	readonly #includePath: string[] = [];
	readonly #defines = new Map<string, string>();
	readonly #forced: string[] = [];
	#defined = 0;

	include(folder: string): void {
		if (this.#includePath.length < MOST_FOLDERS) this.#includePath.push(folder);
	}

	/** @param definition `NAME`, `NAME=value`, or as Microsoft's compiler takes it as well `NAME#value`. */
	define(definition: string): void {
		const [name] = /^[A-Za-z_$][\w$]*/.exec(definition) ?? [];
		this.#defined += definition.length;
		if (name === undefined || this.#defined > MOST_DEFINED) return;
		const rest = definition.slice(name.length);
		this.#defines.set(name, rest.startsWith('#') ? `${name}=${rest.slice(1)}` : definition);
	}

	undefine(name: string): void {
		this.#defines.delete(name);
	}

	force(file: string): void {
		if (this.#forced.length < MOST_FORCED) this.#forced.push(file);
	}

	flags(target?: Target): CompileFlags {
		return {
			includePath: this.#includePath,
			defines: [...this.#defines.values()],
			forced: this.#forced,
			...(target ? { target } : {}),
		};
	}
}

/**
 * Reads the words of a command line.
 * @param words the first is the compiler, or what starts it (`ccache cl`).
 * @param folder that the compiler runs in.
 */
export function readFlags(words: readonly string[], folder: string): CompileFlags {
	const list = new FlagList();
	const isMicrosoft = words.some((word, i) => (i < 2 && CL.test(word)) || word === '--driver-mode=cl');
	const all = withResponses(words, folder, isMicrosoft);
	let target = compilerTarget(words[0] ?? '');
	for (let i = 1; i < all.length; i++) {
		const word = all[i] ?? '';
		if (word === '--') break;
		const machine = /^(?:--target=|-target$|-march=|-arch$)(.*)$/.exec(word);
		if (machine) target = targetOf(machine[1] || all[i + 1] || '') ?? target;
		// A path may begin like a flag of Microsoft's: `/Users/…`.
		const [, flag, joined] = (isMicrosoft ? MICROSOFT_FLAG : FLAG).exec(word) ?? [];
		if (flag === undefined) continue;
		const value = joined?.replace(/^=/, '') || all[++i];
		if (value) take(list, flag.replace(/^[-/]+/, ''), value, folder);
	}
	// Whatever the processor, these decide how wide a pointer is.
	if (all.includes('-m32')) target = 'x86';
	else if (all.includes('-m64')) target = 'x64';
	return list.flags(target);
}

const CL = /(?:^|[\\/])(?:clang-)?cl(?:\.exe)?$/i;

// The longer one first where one begins another.
const FLAG = /^(-isystem|-iquote|-idirafter|-imsvc|-include|--include|-I|-D|-U)(.*)$/s;
const MICROSOFT_FLAG = /^([-/](?:imsvc|external:I|isystem|iquote|FI|I|D|U))(.*)$/s;

function take(list: FlagList, flag: string, value: string, folder: string): void {
	if (flag === 'D') list.define(value);
	else if (flag === 'U') list.undefine(value);
	else if (flag === 'FI' || flag === 'include') list.force(value);
	else list.include(resolve(folder, value));
}

/** The words with those of response files (`@file`) in the place of their names. */
function withResponses(words: readonly string[], folder: string, isMicrosoft: boolean): readonly string[] {
	if (!words.some((word) => word.startsWith('@'))) return words;
	const all: string[] = [];
	const add = (more: readonly string[], depth: number): void => {
		for (const word of more) {
			if (all.length >= MOST_WORDS) return;
			const text =
				word.startsWith('@') && depth < DEEPEST_RESPONSE ? response(resolve(folder, word.slice(1))) : undefined;
			if (text === undefined) all.push(word);
			else add(splitCommand(text, isMicrosoft), depth + 1);
		}
	};
	add(words, 0);
	return all;
}

/** Microsoft's tools write them in UTF-16. */
function response(path: string): string | undefined {
	try {
		const bytes = readRegularFile(path, LONGEST_RESPONSE);
		const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
		return bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
	} catch {
		return undefined;
	}
}

/**
 * Splits a command line as its shell does.
 * @param isMicrosoft a backslash stands for itself but before a quote; otherwise it takes the next character as it is.
 */
export function splitCommand(command: string, isMicrosoft = isWindowsCommand(command)): string[] {
	const words = isMicrosoft
		? /(?:\\["']|[^\s"']|"(?:[^"\\]|\\(?:["\\]|(?!["\\])))*"|'[^']*')+/g
		: /(?:\\.|[^\s"'\\]|"(?:\\.|[^"\\])*"|'[^']*')+/gs;
	return [...command.matchAll(words)].map(([word]) =>
		isMicrosoft
			? word.replace(/\\(["'])|["']/g, (_, quote: string | undefined) => quote ?? '')
			: word.replace(
					/\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/gs,
					(_, plain?: string, double?: string, single?: string) =>
						plain ?? double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? '',
				),
	);
}

/** Is a command written for Windows: does its program stand on a drive, or is it Microsoft's? */
const isWindowsCommand = (command: string): boolean =>
	/^\s*"?(?:[A-Za-z]:|[^\s"]*\\)/.test(command) || /^\s*"?(?:[^\s"]*[\\/])?(?:clang-)?cl(?:\.exe)?["\s]/i.test(command);

/** The target that a compiler is made for: `i686-w64-mingw32-gcc`, `…/Hostx64/x86/cl.exe`. */
function compilerTarget(path: string): Target | undefined {
	const [name = '', folder = ''] = path.split(/[\\/]/).toReversed();
	if (name.includes('-')) return targetOf(name);
	return /^cl(?:\.exe)?$/i.test(name) ? targetOf(folder) : undefined;
}

/** Windows' name for the processor of a target triple, or of one of Visual Studio's platforms. */
export function targetOf(triple: string): Target | undefined {
	if (/^(?:i[3-6]86|x86|win32)(?:-|$)/i.test(triple)) return 'x86';
	if (/^(?:x86_64|amd64|x64|x86-64)/i.test(triple)) return 'x64';
	return /^(?:aarch64|arm64)/i.test(triple) ? 'arm64' : undefined;
}
