/** What is drawn over calls does not wait for the check of what is being typed. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { Analyses, type AnalysesHost } from '../../server/src/lsp/session/analyses.ts';
import { addReplacement, carriedCalls, type Replacement, replacement } from '../../server/src/lsp/session/carried.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { DEFAULTS } from '../../server/src/settings.ts';

const CALL = 'WSAIoctl(s, SIO_RCVALL, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL)';
const TEXT = `void f(SOCKET s)\n{\n\tDWORD on = 1, bytes;\n\t${CALL};\n\t${CALL};\n}\n`;
const uri = 'file:///a.c';

const checkers: Checker[] = [];
afterAll(() => {
	for (const checker of checkers) checker.dispose();
});

/** A session's analyses with a checker of their own; `asked` resolves when the client would be told to ask again. */
function opened(canAskAgain: boolean) {
	const checker = new Checker(nodeEngine(import.meta.dirname));
	checkers.push(checker);
	let tell = (): void => undefined;
	const asked = new Promise<void>((resolve) => {
		tell = resolve;
	});
	const host = {
		checker,
		configuration: { of: async () => DEFAULTS, forget: () => undefined },
		folders: { relativePath: () => 'a.c', folderOf: () => undefined },
		project: { configure: () => undefined },
		client: { fail: (_: string, error: unknown) => Promise.reject(error) },
		encoding: 'utf-16',
		yield: () => new Promise<void>((resolve) => setImmediate(resolve)),
		freshen: () => undefined,
		...(canAskAgain ? { askAgain: tell } : {}),
	};
	const analyses = new Analyses(host as unknown as AnalysesHost);
	analyses.open({ uri, languageId: 'c', version: 1, text: TEXT });
	const shown = async () => {
		const analysis = await analyses.atOnce(uri);
		const { text } = analysis?.document ?? { text: '' };
		return analysis?.calls.map(({ calleeSpan: { start, end }, code }) => [text.slice(start, end), start, code.text]);
	};
	return { analyses, asked, shown };
}

const type = (analyses: Analyses, version: number, before: string, text: string): void => {
	const { document } = { document: analyses.document(uri) };
	const at = document?.text.indexOf(before) ?? 0;
	const range = { start: document?.positionAt(at), end: document?.positionAt(at + before.length) };
	analyses.change(uri, version, [{ range, text } as never]);
};

const places = (text: string): number[] => [...text.matchAll(/WSAIoctl/g)].map(({ index }) => index);

describe('the calls of a document', () => {
	it('stand at once where they do by now, and are asked for again', async () => {
		const { analyses, asked, shown } = opened(true);
		const [first = 0, second = 0] = places(TEXT);
		expect(await shown()).toEqual([
			['WSAIoctl', first, 'SIO_RCVALL'],
			['WSAIoctl', second, 'SIO_RCVALL'],
		]);
		type(analyses, 2, 'void', '\nstatic void');
		type(analyses, 3, 'SIO_RCVALL', 'SIO_RCVALL_MCAST');
		// The new name is known when the text has been checked.
		expect(await shown()).toEqual([
			['WSAIoctl', first + 8, 'SIO_RCVALL'],
			['WSAIoctl', second + 14, 'SIO_RCVALL'],
		]);
		await asked;
		expect(await shown()).toEqual([
			['WSAIoctl', first + 8, 'SIO_RCVALL_MCAST'],
			['WSAIoctl', second + 14, 'SIO_RCVALL'],
		]);
	});

	it('are waited for where the client does not ask again', async () => {
		const { analyses, shown } = opened(false);
		expect(await shown()).toHaveLength(2);
		type(analyses, 2, CALL, `${CALL}, ${CALL}`);
		expect(await shown()).toHaveLength(3);
	});

	it('go with their names', async () => {
		const checker = new Checker(nodeEngine(import.meta.dirname));
		checkers.push(checker);
		const { calls = [] } = (await checker.check({ name: 'a.c', text: TEXT })) ?? {};
		const [first = 0, second = 0] = places(TEXT);
		const starts = (after: string) =>
			carriedCalls(calls, [replacement(0, TEXT, after)]).map(({ calleeSpan }) => calleeSpan.start);
		expect(starts(TEXT)).toEqual([first, second]);
		expect(starts(`${TEXT.slice(0, first + 3)}x${TEXT.slice(first + 3)}`)).toEqual([second + 1]);
		expect(starts(TEXT.slice(0, second))).toEqual([first]);
		expect(starts(`//\n${TEXT}`)).toEqual([first + 3, second + 3]);
	});

	it('stand where many replacements in any order leave them', async () => {
		const checker = new Checker(nodeEngine(import.meta.dirname));
		checkers.push(checker);
		const { calls = [] } = (await checker.check({ name: 'a.c', text: TEXT })) ?? {};
		let text = TEXT;
		const all: Replacement[] = [];
		const replace = (start: number, removed: number, added: string) => {
			addReplacement(all, replacement(start, text.slice(start, start + removed), added));
			text = text.slice(0, start) + added + text.slice(start + removed);
		};
		for (const letter of '/* a note */') replace(text.indexOf('\n{'), 0, letter);
		expect(all).toHaveLength(1);
		replace(text.length, 0, '\n');
		for (const [at, letter] of [...'// end'].entries()) replace(text.length - (at === 5 ? 1 : 0), 0, letter);
		replace(0, 'void'.length, 'static void');
		replace(text.indexOf('static'), 'static '.length, '');
		replace(text.indexOf('\tWSAIoctl'), 1, '\t\t');
		for (let round = 0; round < 80; round++) replace(round % 2 === 0 ? 0 : text.indexOf('*/'), 0, ' ');
		expect(all).toHaveLength(32);
		expect(carriedCalls(calls, all).map(({ calleeSpan }) => calleeSpan.start)).toEqual(places(text));
	});
});
