/** Include folders and definitions of a file from `compile_commands.json`, as CMake, Meson and others write it. */
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Target } from '../types/ctype.ts';
import { leadsOut, repositoryAround } from './links.ts';
import { regularText } from './regularFile.ts';

export interface CompileFlags {
	/** `-I`, `-isystem`, `-iquote`, `/I`: absolute folders in order. */
	readonly includePath: readonly string[];
	/** `-D`, `/D`: `NAME` or `NAME=value`. */
	readonly defines: readonly string[];
	/** `-m32`, `-m64`, `--target=`, `-arch`, or the compiler's own name: the one target compiled for, where the command line names it. */
	readonly target?: Target;
}

/** Where the file is looked for in each folder above a source. */
const PLACES = ['compile_commands.json', 'build/compile_commands.json', 'out/compile_commands.json'];
/** Larger databases are not read, in bytes. */
const LARGEST = 64 * 1024 * 1024;
/** Further include folders of one file are not searched: each costs a look for every include. */
const MOST_FOLDERS = 256;
/** Further definitions of one file are left out, in UTF-16 units of all together: every header is read behind them. */
const MOST_DEFINED = 64 * 1024;

interface Database {
	readonly modified: number;
	readonly flags: ReadonlyMap<string, CompileFlags>;
}

/** Reads databases when first asked, and again when they have changed on disk. */
export class CompileCommands {
	readonly #databases = new Map<string, Database>();

	/** Flags of a source file (absolute path); of any source in its folder for a header. Empty where no database knows. */
	flags(file: string): CompileFlags | undefined {
		for (let folder = dirname(file); ; folder = dirname(folder)) {
			for (const place of PLACES) {
				const flags = this.#read(join(folder, place), folder)?.flags;
				if (!flags) continue;
				return flags.get(file) ?? [...flags].find(([other]) => dirname(other) === dirname(file))?.[1];
			}
			if (dirname(folder) === folder) return undefined;
		}
	}

	/** @param folder the one that is looked in. */
	#read(path: string, folder: string): Database | undefined {
		let modified: number;
		try {
			const info = statSync(path);
			if (!info.isFile() || info.size > LARGEST) return undefined;
			modified = info.mtimeMs;
		} catch {
			this.#databases.delete(path);
			return undefined;
		}
		const known = this.#databases.get(path);
		if (known?.modified === modified) return known;
		const isOutside = leadsOut(path, folder, () => [repositoryAround(folder) ?? folder]);
		const database: Database = { modified, flags: isOutside ? new Map() : readDatabase(path) };
		this.#databases.set(path, database);
		return database;
	}
}

function readDatabase(path: string): ReadonlyMap<string, CompileFlags> {
	const flags = new Map<string, CompileFlags>();
	let entries: unknown;
	try {
		entries = JSON.parse(regularText(path, LARGEST) ?? '');
	} catch {
		// Half written or not JSON: as if it were not there.
		return flags;
	}
	if (!Array.isArray(entries)) return flags;
	for (const entry of entries as unknown[]) {
		if (typeof entry !== 'object' || entry === null) continue;
		const { directory, file, command, arguments: words } = entry as Record<string, unknown>;
		if (typeof file !== 'string') continue;
		const folder = resolve(dirname(path), typeof directory === 'string' ? directory : '.');
		flags.set(resolve(folder, file), readFlags(wordsOf(words, command), folder));
	}
	return flags;
}

/** The words of a command line, which databases give as a list or as one text. */
function wordsOf(words: unknown, command: unknown): string[] {
	if (Array.isArray(words)) return words.filter((w): w is string => typeof w === 'string');
	return typeof command === 'string' ? splitCommand(command) : [];
}

/** A shell-like split: quotes and backslashes before quotes. */
function splitCommand(command: string): string[] {
	return [...command.matchAll(/(?:\\["']|[^\s"']|"(?:\\.|[^"\\])*"|'[^']*')+/g)].map((match) =>
		match[0].replace(/\\(["'])|["']/g, (_, quote: string | undefined) => quote ?? ''),
	);
}

function readFlags(words: readonly string[], folder: string): CompileFlags {
	const includePath: string[] = [];
	const defines: string[] = [];
	let defined = 0;
	let target = compilerTarget(words[0] ?? '');
	for (let i = 1; i < words.length; i++) {
		const word = words[i] ?? '';
		const machine = /^(?:--target=|-target$|-march=|-arch$)(.*)$/.exec(word);
		if (machine) target = targetOf(machine[1] || words[i + 1] || '') ?? target;
		const [, flag, joined] = /^(-I|-isystem|-iquote|-D|\/I|\/D|-external:I|\/external:I)(.*)$/.exec(word) ?? [];
		if (flag === undefined) continue;
		const value = joined || words[++i];
		if (!value) continue;
		if (flag.endsWith('D')) {
			defined += value.length;
			if (defined <= MOST_DEFINED) defines.push(value);
		} else if (includePath.length < MOST_FOLDERS) includePath.push(resolve(folder, value));
	}
	// Whatever the processor, these decide how wide a pointer is.
	if (words.includes('-m32')) target = 'x86';
	else if (words.includes('-m64')) target = 'x64';
	return { includePath, defines, ...(target ? { target } : {}) };
}

/** The target that a compiler is made for: `i686-w64-mingw32-gcc`, `…/Hostx64/x86/cl.exe`. */
function compilerTarget(path: string): Target | undefined {
	const [name = '', folder = ''] = path.split(/[\\/]/).toReversed();
	if (name.includes('-')) return targetOf(name);
	return /^cl(?:\.exe)?$/i.test(name) ? targetOf(folder) : undefined;
}

/** Windows' name for the processor of a target triple. */
function targetOf(triple: string): Target | undefined {
	if (/^(?:i[3-6]86|x86)(?:-|$)/.test(triple)) return 'x86';
	if (/^(?:x86_64|amd64|x64|x86-64)/.test(triple)) return 'x64';
	return /^(?:aarch64|arm64)/.test(triple) ? 'arm64' : undefined;
}
