/** What a letter costs in a function of a large class, beside the same letter in the same function at top level. */
import type { Checker } from '../../server/src/check/check.ts';
import { median } from './measure.ts';
import { longC, longTs } from './texts.ts';

/** The functions of a text, and what stands in front of them. */
const functionsOf = (text: string, head: RegExp): { readonly before: string; readonly functions: string } => {
	const at = text.search(head);
	return { before: text.slice(0, at), functions: text.slice(at) };
};

/** Files in which all functions are members of one class, each beside the same functions outside of it. */
export const classes: Readonly<
	Record<string, (lines: number) => { readonly name: string; readonly inside: string; readonly outside: string }>
> = {
	'C++': (lines) => {
		const outside = longC(Math.max(1, Math.round(lines / 100)));
		const { before, functions } = functionsOf(outside, /^static/m);
		const members = functions.replace(/^static /gm, '');
		return {
			name: 'class.cpp',
			outside,
			inside: `${before}class Work {\npublic:\n${members}\nprivate:\n\tint rest;\n};\n`,
		};
	},
	TypeScript: (lines) => {
		const outside = longTs(Math.max(1, Math.round(lines / 150)), lines);
		const { before, functions } = functionsOf(outside, /^export function/m);
		return {
			name: 'class.ts',
			outside,
			inside: `${before}class Work {\n${functions.replace(/^export function /gm, '')}\n}\n`,
		};
	},
};

/** Processor time of one edit in milliseconds: a space typed at the end of a line with a call, and taken away again. */
async function costs(checker: Checker, name: string, text: string, edits: number): Promise<number[]> {
	const document = { key: name };
	await checker.check({ name, text }, {}, document);
	const places = [...text.matchAll(/^\s*WSAIoctl\(.*;$/gm)].map(({ index, 0: line }) => index + line.length);
	const spent: number[] = [];
	for (let edit = 0; edit < edits; edit++) {
		const at = places[Math.floor((edit * places.length) / edits)] ?? 0;
		for (const changed of [`${text.slice(0, at)} ${text.slice(at)}`, text]) {
			const { user, system } = process.threadCpuUsage();
			await checker.check({ name, text: changed }, {}, document);
			const now = process.threadCpuUsage();
			spent.push((now.user + now.system - user - system) / 1000);
		}
	}
	checker.forget(name);
	return spent;
}

export interface MemberCost {
	readonly language: string;
	readonly lines: number;
	readonly inside: number;
	readonly outside: number;
}

/** Every language with each number of lines: medians in milliseconds. */
export async function memberCosts(checker: Checker, sizes: readonly number[], edits: number): Promise<MemberCost[]> {
	const results: MemberCost[] = [];
	for (const [language, make] of Object.entries(classes))
		for (const lines of sizes) {
			const { name, inside, outside } = make(lines);
			const [first, second] = [[], []] as [number[], number[]];
			// They take turns, so that a busy moment meets both; one round each is not counted.
			for (let round = 0; round < 3; round++) {
				const [one, other] = [await costs(checker, name, inside, edits), await costs(checker, name, outside, edits)];
				if (round === 0) continue;
				first.push(...one);
				second.push(...other);
			}
			results.push({ language, lines, inside: median(first), outside: median(second) });
		}
	return results;
}
