/** Random edits of a document, and the comparison of what is kept between them with a check of the text alone. */

import { Checker, type CheckResult } from '../../server/src/check/check.ts';
import type { Project } from '../../server/src/check/headers.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import type { SourceFile } from '../../server/src/languages/language.ts';
import { OpenDocument } from '../../server/src/lsp/session/document.ts';
import type { EngineSource } from '../../server/src/syntax/trees.ts';

export interface Subject {
	/** Its ending decides the language. */
	readonly name: string;
	readonly text: string;
}

/** `removed` characters at `from` give way to `text`. */
export interface Edit {
	readonly from: number;
	readonly removed: number;
	readonly text: string;
}

/** What happens between two comparisons, or at one. */
interface Step {
	/** Made together, as an editor sends a burst of typing. */
	readonly edits: readonly Edit[];
	/** Under which the text is checked then. */
	readonly options: number;
	/** The check is given up at this question whether it should be. */
	readonly cancelledAt?: number;
}

/** A document that stays open: what is kept for it is what is tested. */
interface Kept {
	edit(edits: readonly Edit[]): void;
	readonly text: string;
	/** Undefined when it was given up. */
	check(options: CheckOptions, cancelled?: () => boolean): Promise<CheckResult | undefined>;
	close(): void;
}

export type Open = (subject: Subject) => Kept;

/** Settings that change while a document is open. */
const OPTIONS: readonly CheckOptions[] = [
	{},
	{ targets: ['x64'], minWindows: '10.0.14393' },
	{ functions: { my_ioctl: 'WSAIoctl' }, rules: { 'unused-result': 'warning' } },
];

const SHARED = `#define SHARED_SIZE 4
#define SHARED_CALL(s, in, n) WSAIoctl(s, SIO_KEEPALIVE_VALS, in, n, NULL, 0, NULL, NULL, NULL)
struct shared { DWORD a, b, c; };
static DWORD shared_value;
static int shared_wrapper(SOCKET s, void *in, DWORD n) { DWORD b; return WSAIoctl(s, SIO_RCVALL, in, n, NULL, 0, &b, NULL, NULL); }
`;

/** One header that every text may include. */
export const project: Project = {
	include: async (name) => (name === 'shared.h' ? { path: '/shared.h', text: SHARED } : undefined),
};

/** Documents that stay open in one checker, as the server keeps them. */
export function keeper(engine: EngineSource): { open: Open; dispose: () => void } {
	const checker = new Checker(engine, project);
	let opened = 0;
	return {
		dispose: () => checker.dispose(),
		open({ name, text }) {
			const document = new OpenDocument(`file:///${++opened}/${name}`, '', 0, text, 'utf-16');
			let looks: { readonly text: string; readonly at: number }[] = [];
			return {
				get text() {
					return document.text;
				},
				edit(edits) {
					const changes = edits.map(({ from, removed, text }) => ({ from, removed, text }));
					for (const change of changes) {
						document.update(
							[{ range: document.rangeAt(change.from, change.from + change.removed), text: change.text }],
							document.version + 1,
						);
						if (document.version % 3 > 0) looks.push({ text: document.text, at: change.from });
					}
				},
				async check(options, cancelled) {
					const source = { name: document.uri, text: document.text };
					// What is asked while something is written leaves nothing behind that is not so.
					for (const { text, at } of looks)
						await checker.look({ ...source, text }, options, { key: document.uri }, asked(at), true);
					looks = [];
					return checker.check(source, options, { key: document.uri }, cancelled);
				},
				close: () => checker.forget(document.uri),
			};
		},
	};
}

/** Looks at what is written at an offset, as completion does. */
const asked =
	(offset: number) =>
	(file: SourceFile): unknown => {
		const { site } = file.siteAt(offset) ?? {};
		return [file.placeAt(offset), site?.args.map((argument) => argument?.code?.()), file.definedCodes?.()];
	};

/** A generator of whole numbers below a limit that gives the same ones on every run. */
function numbers(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
		mixed ^= mixed >>> 15;
		return Math.floor(((mixed >>> 0) / 2 ** 32) * below);
	};
}

const COMMON = [
	'x',
	' ',
	'\n',
	'\r\n',
	'(',
	')',
	'{',
	'}',
	'[',
	']',
	',',
	';',
	'"',
	"'",
	'/*',
	'*/',
	'// ',
	'&',
	'ö😀',
	'0',
	'12',
	'sizeof',
	'\\',
	'/* ( */',
	'// ioctl-lens-ignore-next-line all\n',
	'// ioctl-lens-ignore-line input-too-small: wanted\n',
	'/* ioctl-lens-ignore-file output-too-small */\n',
	'WSAIoctl',
];

const C = [
	...COMMON,
	'#',
	'#if 0\n',
	'#if _WIN32_WINNT >= 0x0A00\n',
	'#ifdef _WIN64\n',
	'#else\n',
	'#endif\n',
	'#include "shared.h"\n',
	'#define SIZE 4\n',
	'#define SIZE (4 + 8)\n',
	'#define bytes sizeof(struct tcp_keepalive)\n',
	'#define FORWARD(s, in, n) WSAIoctl(s, SIO_KEEPALIVE_VALS, in, n, NULL, 0, &bytes, NULL, NULL)\n',
	'#undef SIZE\n',
	'#define _WIN32_WINNT 0x0601\n',
	'\nstruct tcp_keepalive { char one; };\n',
	'\ntypedef struct { DWORD a, b; } VALUES;\n',
	'\nstatic DWORD bytes, on = 1;\n',
	'\nstatic char buffer[SIZE];\n',
	'\nenum { SIZE = 12 };\n',
	'\nint wrapper(SOCKET s, void *in, DWORD n) { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, in, n, NULL, 0, &b, NULL, NULL); }\n',
	'\nvoid user(SOCKET s) { BOOL on; DWORD bytes; wrapper(s, &on, sizeof(on)); my_ioctl(s, SIO_RCVALL, &on, 2, NULL, 0, &bytes, NULL, NULL); }\n',
	'\nvoid more(SOCKET s) { DWORD n; BOOL b; WSAIoctl(s, SIO_RCVALL, &b, 3, NULL, 0, &n, NULL, NULL); }\n',
	'WSAIoctl(s, SIO_RCVALL, &on, SIZE, NULL, 0, &bytes, NULL, NULL);\n',
	'shared_wrapper(s, &shared_value, SHARED_SIZE);\n',
	'FORWARD(s, &on, sizeof(on));\n',
	'SHARED_CALL(s, &on, SIZE);\n',
	's = socket(AF_INET, SOCK_DGRAM, 0);\n',
	'on = 2;\n',
	'sizeof(DWORD)',
	'NULL',
	'_In_ ',
	'template <typename T> ',
	'namespace n {\n',
	'extern "C" {\n',
	'class K { DWORD bytes; };\n',
	'class K : Base {\npublic:\n',
	'struct L { DWORD on; void f(SOCKET s)\n{\n',
	'};\n',
	'private:\n',
	// A function in a class is read alone from some length on.
	`/* ${'long '.repeat(60)}*/\n`,
	`/* ${'longer '.repeat(80)}*/\n`,
];

const SCRIPT = [
	...COMMON,
	'`',
	'=>',
	'${',
	': ',
	'<T>',
	'const size = 4;\n',
	'let size = 12;\n',
	'size = 8;\n',
	'const SIO_KEEPALIVE_VALS = 0x98000004;\n',
	"import koffi from 'koffi';\n",
	"const ws2 = koffi.load('ws2_32.dll');\n",
	"const ioctl = ws2.func('ioctlsocket', 'int', ['uintptr_t', 'long', '_Inout_ uint32_t *']);\n",
	"const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');\n",
	'const vals = new Uint32Array([1, 2, 3]);\n',
	'const vals = Buffer.alloc(12);\n',
	'WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, vals.length, null, 0, [0], null, null);\n',
	'WSAIoctl(s, 0x98000004, Buffer.alloc(4), 4, null, 0, [0], null, null);\n',
	'\nfunction wrapper(s: bigint, vals: Uint8Array, n: number) {\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, n, null, 0, [0], null, null);\n}\n',
	'null',
	'vals.byteLength',
];

const isScript = (name: string): boolean => /\.[cm]?[jt]sx?$/.test(name);

type Next = (below: number) => number;

const WORD = /[A-Za-z_]\w*|\d+/g;

/** The place of a word chosen at random; the whole text's start where it has none. */
function wordAt(text: string, next: Next): { readonly at: number; readonly word: string } {
	// A window is enough, and a text may be long.
	const start = next(text.length + 1);
	const match = [...text.slice(start, start + 200).matchAll(WORD)][next(3)];
	return match ? { at: start + match.index, word: match[0] } : { at: 0, word: '' };
}

function lineStart(text: string, at: number): number {
	return text.lastIndexOf('\n', at - 1) + 1;
}

/** A block of up to eight whole lines. */
function block(text: string, next: Next): readonly [start: number, end: number] {
	const start = lineStart(text, next(text.length + 1));
	let end = start;
	for (let lines = 1 + next(8); lines > 0 && end < text.length; lines--) {
		const newline = text.indexOf('\n', end);
		end = newline < 0 ? text.length : newline + 1;
	}
	return [start, end];
}

/** One edit of some kind; `pool`: whole texts to paste from. */
function randomEdit(text: string, fragments: readonly string[], pool: readonly string[], next: Next): readonly Edit[] {
	const place = (): number => {
		const kind = next(3);
		if (kind === 0) return lineStart(text, next(text.length + 1));
		return kind === 1 ? next(text.length + 1) : wordAt(text, next).at;
	};
	const from = (list: readonly string[]): string => list[next(list.length)] ?? '';
	switch (next(9)) {
		case 0: {
			const [start, end] = block(text, next);
			return [{ from: start, removed: end - start, text: '' }];
		}
		case 1: {
			const other = from(pool);
			const [start, end] = block(other, next);
			return [{ from: lineStart(text, next(text.length + 1)), removed: 0, text: other.slice(start, end) }];
		}
		case 2: {
			const { at, word } = wordAt(text, next);
			return [{ from: at, removed: word.length, text: wordAt(text, next).word }];
		}
		case 3: {
			const { at, word } = wordAt(text, next);
			return [{ from: at, removed: word.length, text: from(fragments).trim() }];
		}
		case 4: {
			const at = next(text.length + 1);
			return [{ from: at, removed: Math.min(next(6) + 1, text.length - at), text: '' }];
		}
		case 5: {
			// Typed letter by letter, in one burst.
			const at = place();
			return [...from(fragments).slice(0, 12)].map((letter, i, all) => ({
				from: at + all.slice(0, i).join('').length,
				removed: 0,
				text: letter,
			}));
		}
		default:
			return [{ from: place(), removed: 0, text: from(fragments) }];
	}
}

function applied(text: string, edits: readonly Edit[]): string {
	return edits.reduce((t, e) => t.slice(0, e.from) + e.text + t.slice(e.from + e.removed), text);
}

/** The edits that lead back. */
function inverse(text: string, edits: readonly Edit[]): Edit[] {
	let at = text;
	const back: Edit[] = [];
	for (const edit of edits) {
		back.unshift({
			from: edit.from,
			removed: edit.text.length,
			text: at.slice(edit.from, edit.from + edit.removed),
		});
		at = applied(at, [edit]);
	}
	return back;
}

/** One or two edits, of which some take earlier ones back; `undo`: what leads back from each so far. */
function burst(
	start: string,
	undo: (readonly Edit[])[],
	make: (text: string) => readonly Edit[],
	next: Next,
): readonly Edit[] {
	const edits: Edit[] = [];
	let text = start;
	for (let left = next(4) === 0 ? 2 : 1; left > 0; left--) {
		const taken = next(7) === 0 ? undo.pop() : undefined;
		const more = taken ?? make(text);
		if (!taken) undo.push(inverse(text, more));
		text = applied(text, more);
		edits.push(...more);
	}
	return edits;
}

/** A failing case, as small as it could be made. */
export interface Replay {
	readonly seed: number;
	readonly file: string;
	readonly start: string;
	readonly steps: readonly Step[];
	readonly kept: string;
	readonly fresh: string;
}

const shown = (result: CheckResult | undefined): string => JSON.stringify(result);

/** Comparisons of what is kept with what is fresh. */
export class Comparison {
	readonly #fresh: Checker;
	readonly #open: Open;
	/** Calls seen in all comparisons: silence on both sides proves nothing. */
	calls = 0;
	findings = 0;
	sequences = 0;

	constructor(engine: EngineSource, open: Open) {
		this.#fresh = new Checker(engine, project);
		this.#open = open;
	}

	dispose(): void {
		this.#fresh.dispose();
	}

	/**
	 * Makes sequences of edits in one text and compares after each of them. Every so often it starts anew, so that a
	 * text is not worn down to nothing.
	 */
	async run(subject: Subject, seed: number, sequences: number, pool: readonly string[]): Promise<Replay | undefined> {
		const next = numbers(seed);
		const fragments = isScript(subject.name) ? SCRIPT : C;
		let done: Step[] = [];
		let undo: (readonly Edit[])[] = [];
		let options = 0;
		let kept = this.#open(subject);
		try {
			for (let sequence = 0; sequence < sequences; sequence++) {
				if (done.length > 20) {
					kept.close();
					kept = this.#open(subject);
					done = [];
					undo = [];
				}
				for (let left = 1 + next(3); left > 0; left--) {
					const edits = burst(kept.text, undo, (text) => randomEdit(text, fragments, pool, next), next);
					if (next(12) === 0) options = next(OPTIONS.length);
					const step: Step = { edits, options, ...(next(20) === 0 ? { cancelledAt: next(4) } : {}) };
					done.push(step);
					await this.#step(kept, step);
				}
				this.sequences++;
				const difference = await this.#difference(kept, subject, options);
				if (difference) return { ...(await this.#smallest(subject, done)), seed, file: subject.name };
			}
			return undefined;
		} finally {
			kept.close();
		}
	}

	async #step(kept: Kept, { edits, options, cancelledAt }: Step): Promise<void> {
		kept.edit(edits);
		let asked = 0;
		await kept.check(OPTIONS[options] ?? {}, cancelledAt === undefined ? undefined : () => asked++ >= cancelledAt);
	}

	/** Both results where they are not the same. */
	async #difference(kept: Kept, { name }: Subject, options: number) {
		const fresh = await this.#fresh.check({ name: `file:///${name}`, text: kept.text }, OPTIONS[options]);
		const result = await kept.check(OPTIONS[options] ?? {});
		this.calls += fresh?.calls.length ?? 0;
		this.findings += fresh?.findings.length ?? 0;
		const both = { kept: shown(result), fresh: shown(fresh) };
		return both.kept === both.fresh ? undefined : both;
	}

	/** Whether these steps lead to a difference, and to which. */
	async #fails(subject: Subject, steps: readonly Step[]) {
		const kept = this.#open(subject);
		try {
			await kept.check({});
			for (const step of steps) await this.#step(kept, step);
			return await this.#difference(kept, subject, steps.at(-1)?.options ?? 0);
		} finally {
			kept.close();
		}
	}

	/** Leaves out what is not needed for the failure: steps at the start, single edits, lines of the text. */
	async #smallest(subject: Subject, all: readonly Step[]): Promise<Omit<Replay, 'seed' | 'file'>> {
		let text = subject.text;
		let steps = [...all];
		let found = (await this.#fails(subject, steps)) ?? { kept: 'only once', fresh: 'only once' };
		const attempt = async (start: string, tried: readonly Step[]): Promise<boolean> => {
			const difference = await this.#fails({ name: subject.name, text: start }, tried);
			if (!difference) return false;
			[text, steps, found] = [start, [...tried], difference];
			return true;
		};
		for (let skip = steps.length - 1; skip > 0; skip--) {
			const before = steps.slice(0, skip).reduce((t, step) => applied(t, step.edits), text);
			if (await attempt(before, steps.slice(skip))) break;
		}
		for (let at = steps.length - 1; at >= 0 && steps.length > 1; at--) await attempt(text, steps.toSpliced(at, 1));
		for (let size = text.length >> 1; size > 8; size >>= 1)
			for (let start = 0; start < text.length; ) {
				const from = lineStart(text, start);
				const newline = text.indexOf('\n', from + size);
				const end = newline < 0 ? text.length : newline + 1;
				const shifted = withoutPart(steps, from, end);
				const shorter = text.slice(0, from) + text.slice(end);
				if (!shifted || !(await attempt(shorter, shifted))) start = end;
			}
		return { start: text, steps, ...found };
	}
}

/** The same steps in a text without a part of it; undefined where one of them touches that part. */
function withoutPart(steps: readonly Step[], from: number, end: number): Step[] | undefined {
	let [start, stop] = [from, end];
	const shifted: Step[] = [];
	for (const step of steps) {
		const edits: Edit[] = [];
		for (const edit of step.edits) {
			if (edit.from + edit.removed <= start) {
				const grown = edit.text.length - edit.removed;
				[start, stop] = [start + grown, stop + grown];
				edits.push(edit);
			} else if (edit.from >= stop) edits.push({ ...edit, from: edit.from - (stop - start) });
			else return undefined;
		}
		shifted.push({ ...step, edits });
	}
	return shifted;
}

/** The failing case as a text from which it can be made again. */
export function described({ seed, file, start, steps, kept, fresh }: Replay): string {
	const made = steps.map((step) => JSON.stringify(step)).join('\n  ');
	return `${file}, seed ${seed}: what is kept differs from a fresh check.\ntext: ${JSON.stringify(start)}\nsteps:\n  ${made}\nkept:  ${kept}\nfresh: ${fresh}`;
}
