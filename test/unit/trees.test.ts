/** The parser's memory is not garbage-collected: every tree that is made is freed again. */

import { expect, it, onTestFinished } from 'vitest';
import type { Tree } from 'web-tree-sitter';
import { Checker } from '../../server/src/check/check.ts';
import { type CheckProblem, problemText } from '../../server/src/check/problem.ts';
import { OpenDocument } from '../../server/src/lsp/session/document.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { textChange } from '../../server/src/syntax/change.ts';
import { type EngineSource, isParserError, ParserFailure, Trees } from '../../server/src/syntax/trees.ts';
import { keeper, project } from '../support/edits.ts';

/**
 * An engine that counts its trees.
 * @param leak asked for each tree that is freed: true keeps it.
 */
function counting(leak: () => boolean = () => false): {
	engine: EngineSource;
	alive: () => number;
	made: () => number;
} {
	const engine = nodeEngine(import.meta.dirname);
	const alive = new Set<Tree>();
	let made = 0;
	return {
		alive: () => alive.size,
		made: () => made,
		engine: {
			...engine,
			async freshEngine() {
				const { Parser, Language } = await engine.freshEngine();
				class Counting extends Parser {
					override parse(...given: Parameters<InstanceType<typeof Parser>['parse']>) {
						const tree = super.parse(...given);
						if (!tree) return tree;
						made++;
						alive.add(tree);
						const free = tree.delete.bind(tree);
						tree.delete = () => {
							if (leak()) return;
							alive.delete(tree);
							free();
						};
						return tree;
					}
				}
				return { Parser: Counting, Language };
			},
		},
	};
}

const TEXT = `#include "shared.h"
#define CALL(s, n) WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, n, NULL, 0, &bytes, NULL, NULL)
void f(SOCKET s)
{
	struct tcp_keepalive ka;
	DWORD bytes;
	CALL(s, 4);
	shared_wrapper(s, &ka, sizeof(ka));
}
`;

/** Opens a document and types into it, again and again: the text is `TEXT` in the end. */
async function type(engine: EngineSource, rounds: number): Promise<{ checker: Checker; key: string }> {
	const checker = new Checker(engine, project);
	const document = new OpenDocument('file:///a.c', 'c', 1, TEXT, 'utf-16');
	const check = () => checker.check({ name: document.uri, text: document.text }, {}, { key: document.uri });
	await check();
	const end = TEXT.lastIndexOf('}');
	const typed = '\tCALL(s, 8);\n/* { */ x(';
	let version = 1;
	for (let round = 0; round < rounds; round++) {
		for (const [at, letter] of [...typed].entries()) {
			document.update([{ range: document.rangeAt(end + at, end + at), text: letter }], ++version);
			await check();
		}
		document.update([{ range: document.rangeAt(end, end + typed.length), text: '' }], ++version);
		await check();
	}
	return { checker, key: document.uri };
}

it('a document keeps no more trees for having been typed into again and again', async () => {
	const once = counting();
	const opened = await type(once.engine, 1);
	const { engine, alive, made } = counting();
	const { checker, key } = await type(engine, 4);
	onTestFinished(() => {
		opened.checker.dispose();
		checker.dispose();
	});
	expect(made()).toBeGreaterThan(once.made() + 60);
	expect(alive()).toBeLessThanOrEqual(once.alive());
	checker.forget(key);
	await checker.filesChanged();
	expect(alive()).toBe(0);
});

it('a text that is checked once leaves no tree', async () => {
	const { engine, alive, made } = counting();
	const checker = new Checker(engine);
	for (const name of ['a.c', 'a.cpp', 'a.ts']) await checker.check({ name, text: `${TEXT}// koffi ffi` });
	expect(made()).toBeGreaterThan(2);
	expect(alive()).toBe(0);
	checker.dispose();
});

it('a check that lets others have their turn gives its trees back behind its answer', async () => {
	const [atOnce, later] = [counting(), counting()];
	const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
	const checkers = [
		new Checker(atOnce.engine),
		new Checker(later.engine, undefined, { pause, stretch: Number.POSITIVE_INFINITY }),
	];
	onTestFinished(() => {
		for (const checker of checkers) checker.dispose();
	});
	for (const checker of checkers) {
		const found = await checker.check({ name: 'a.c', text: TEXT }, {}, { key: 'a' });
		expect(found?.findings.map(({ rule }) => rule)).toContain('input-too-small');
	}
	expect(later.alive()).toBeGreaterThan(atOnce.alive());
	await pause();
	await pause();
	expect(later.alive()).toBe(atOnce.alive());
});

it('one tree in ten that is not freed is noticed', async () => {
	const once = counting();
	const opened = await type(once.engine, 1);
	let freed = 0;
	const { engine, alive } = counting(() => ++freed % 10 === 0);
	const { checker } = await type(engine, 4);
	expect(alive()).toBeGreaterThan(once.alive());
	opened.checker.dispose();
	checker.dispose();
});

it('documents that are closed leave no tree', async () => {
	const { engine, alive } = counting();
	const { open, dispose } = keeper(engine);
	for (const name of ['a.c', 'b.cpp', 'c.ts']) {
		const kept = open({ name, text: TEXT.replace(/^#include.*/, '') });
		await kept.check({});
		kept.close();
	}
	expect(alive()).toBe(0);
	dispose();
});

it('forgets a document whose new text it could not take, and reads the next one whole', async () => {
	const engine = nodeEngine(import.meta.dirname);
	const checker = new Checker({
		...engine,
		async freshEngine() {
			const { Parser, Language } = await engine.freshEngine();
			class Failing extends Parser {
				override parse(...given: Parameters<InstanceType<typeof Parser>['parse']>) {
					if (String(given[0]).includes('FAULT')) throw new TypeError('a mistake in the parser');
					return super.parse(...given);
				}
			}
			return { Parser: Failing, Language };
		},
	});
	onTestFinished(() => checker.dispose());
	const check = (text: string) => checker.check({ name: 'a.c', text }, {}, { key: 'a' });
	const whole = TEXT.replace('#include "shared.h"\n', '').replace(
		'CALL(s, 4)',
		'WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &bytes, NULL, NULL)',
	);
	const found = JSON.stringify(await check(whole));
	await expect(check(whole.replace('DWORD bytes;', 'DWORD bytes; FAULT'))).rejects.toThrow('a mistake in the parser');
	expect(checker.documents).toBe(0);
	expect(JSON.stringify(await check(whole))).toBe(found);
});

it.each([
	['a.c', '^ | ! '],
	['a.cpp', '^ | ! '],
	['a.ts', '-> ^ '],
])('what is nothing but errors costs its own part of a text: %s', async (name, words) => {
	const problems: CheckProblem[] = [];
	const checker = new Checker(nodeEngine(import.meta.dirname), undefined, {
		onProblem: (found) => problems.push(found),
	});
	const made = name === 'a.ts' ? 'function g() {' : 'void g(void) {';
	const jumble = (times: number) => `${TEXT}${made} ${words.repeat(times)} WSAIoctl(s); }\n`;
	const few = await checker.check({ name, text: jumble(20) }, {}, { key: name });
	expect(problems).toEqual([]);
	const alone = await checker.check({ name, text: TEXT });
	const many = await checker.check({ name, text: jumble(10_000) }, {}, { key: name });
	expect(many?.findings).toEqual(alone?.findings);
	expect(many?.calls.length).toBe(alone?.calls.length);
	expect(problems.map(problemText)).toEqual([
		expect.stringMatching(/^A call in a\.\w+ is not read: \d{5} characters in a row have so many syntax errors/),
	]);
	// The parser begins anew with the next text.
	const again = await checker.check({ name, text: jumble(20) }, {}, { key: name });
	expect(again).toEqual(few);
	expect(problems.length).toBe(1);
	checker.dispose();
	expect(checker.trees).toBe(0);
});

const GRAMMAR = 'tree-sitter-c.wasm';
const trap = () => Object.assign(new Error('unreachable'), { name: 'RuntimeError' });

it('a tree is freed once, and follows a change from no errors to none', async () => {
	const { engine, alive } = counting();
	const trees = new Trees(engine);
	onTestFinished(() => trees.dispose());
	await trees.ready(GRAMMAR);
	const next = (before: string, after: string): string | undefined => {
		const tree = trees.parse(GRAMMAR, before);
		const changed = tree.next(after, textChange(before, after));
		const text = changed?.root.text;
		expect(trees.alive).toBe(changed ? 2 : 1);
		for (const one of [tree, changed, tree]) one?.free();
		expect([trees.alive, alive()]).toEqual([0, 0]);
		return text;
	};
	expect(next('int a;\n', 'int ab;\nint c;\n')).toBe('int ab;\nint c;\n');
	expect(next('int a;\n', 'int a(;\n')).toBeUndefined();
	expect(next('int a(;\n', 'int a;\n')).toBeUndefined();
});

it('a failure of the parser ends all trees, and the next engine begins anew', async () => {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	onTestFinished(() => trees.dispose());
	expect(() => trees.parse(GRAMMAR, 'int a;')).toThrow(ParserFailure);
	await trees.ready(GRAMMAR);
	const before = trees.parse(GRAMMAR, 'int a;');
	expect([trees.alive, trees.generation]).toEqual([1, 1]);
	const others = [new Error('spoilt'), { name: 'RuntimeError' }, new ParserFailure('given up')];
	for (const other of others)
		expect(() =>
			trees.guard(() => {
				throw other;
			}),
		).toThrow(other as Error);
	expect(trees.alive).toBe(1);
	expect(() =>
		trees.guard(() => {
			throw trap();
		}),
	).toThrow(new ParserFailure('The parser failed: unreachable'));
	const change = textChange('int a;', 'int b;');
	before.free();
	expect([trees.alive, before.next('int b;', change)]).toEqual([0, undefined]);
	expect(() => trees.parse(GRAMMAR, 'int a;')).toThrow(ParserFailure);
	await trees.ready(GRAMMAR);
	await trees.ready(GRAMMAR);
	const after = trees.parse(GRAMMAR, 'int a;');
	before.free();
	expect([trees.alive, trees.generation, before.next('int b;', change)]).toEqual([1, 2, undefined]);
	after.free();
	expect(trees.alive).toBe(0);
});

it('an error is the parser’s own where it says so, or comes out of it', () => {
	expect(
		[new ParserFailure('a'), trap(), new Error('a'), { name: 'RuntimeError' }, null, 'a'].map(isParserError),
	).toEqual([true, true, false, false, false, false]);
});

it('a text is given up once it has taken so long, which is looked at now and then', async () => {
	const engine = nodeEngine(import.meta.dirname);
	/** Whether the parser may go on, at each time that it is told of. */
	let answers: boolean[] = [];
	let [time, looks, times] = [0, 0, [] as number[]];
	const trees = new Trees({
		...engine,
		spent: () => {
			looks++;
			return time;
		},
		async freshEngine() {
			const { Parser, Language } = await engine.freshEngine();
			class Told extends Parser {
				override parse(...[text, old, options]: Parameters<InstanceType<typeof Parser>['parse']>) {
					const isLate = options?.progressCallback as ((progress: object) => boolean) | undefined;
					// What is given up is read once more, as nothing but blanks.
					if (!isLate) return super.parse(text, old);
					answers = times.map((each) => {
						time = each;
						return isLate({});
					});
					return answers.includes(true) ? null : super.parse(text, old);
				}
			}
			return { Parser: Told, Language };
		},
	});
	onTestFinished(() => trees.dispose());
	await trees.ready(GRAMMAR);
	const text = `int a;${' '.repeat(994)}`;
	const parsed = (...at: number[]) => {
		[times, looks] = [at, 0];
		const tree = trees.parse(GRAMMAR, text);
		const told = [tree.isGivenUp, tree.root.namedChildCount, tree.root.endIndex, looks];
		tree.free();
		return told;
	};
	const before = Array.from({ length: 15 }, () => 1_000_000);
	expect(parsed(...before)).toEqual([false, 1, 1000, 0]);
	expect(parsed(...before, 100, ...before, 355)).toEqual([false, 1, 1000, 3]);
	expect(answers).not.toContain(true);
	const { isGivenUp, root, next } = (() => {
		times = [...before, 100, ...before, 355.5];
		return trees.parse(GRAMMAR, text);
	})();
	expect([isGivenUp, root.namedChildCount, root.endIndex]).toEqual([true, 0, 1000]);
	expect(answers.indexOf(true)).toBe(31);
	times = [];
	expect(next(`${text} `, textChange(text, `${text} `))).toBeUndefined();
});
