import { describe, expect, test } from 'vitest';
import { CallTree, type Grouping } from '../../client/src/calls/callTree.ts';
import type { CallState, FileCalls, WorkspaceCall } from '../../server/src/lsp/protocol.ts';

const call = (code: string, line: number, state: CallState = 'fine'): WorkspaceCall => ({
	code,
	sizes: 'in 4',
	callee: 'WSAIoctl',
	range: { start: { line, character: 0 }, end: { line, character: 9 } },
	state,
	findings: 0,
});
const file = (uri: string, ...calls: WorkspaceCall[]): FileCalls => ({ uri, calls });

/** `key: code line` for each group. */
const shown = (tree: CallTree) =>
	tree
		.groups()
		.map(({ key, calls }) => `${key}: ${calls.map((each) => `${each.call.code} ${each.call.range.start.line}`)}`);

function filled(grouping: Grouping): CallTree {
	const tree = new CallTree(grouping);
	tree.set(file('b.c', call('SIO_RCVALL', 9), call('?', 2, 'unresolved')));
	tree.set(file('a.c', call('FIONBIO', 3, 'wrong'), call('SIO_RCVALL', 5)));
	return tree;
}

describe('calls are grouped', () => {
	test.each<[Grouping, string[]]>([
		['file', ['a.c: FIONBIO 3,SIO_RCVALL 5', 'b.c: ? 2,SIO_RCVALL 9']],
		['code', ['FIONBIO: FIONBIO 3', 'SIO_RCVALL: SIO_RCVALL 5,SIO_RCVALL 9', '?: ? 2']],
		['state', ['wrong: FIONBIO 3', 'unresolved: ? 2', 'fine: SIO_RCVALL 5,SIO_RCVALL 9']],
	])('by %s', (grouping, groups) => {
		expect(shown(filled(grouping))).toEqual(groups);
	});

	test('anew when that is changed', () => {
		const tree = filled('file');
		tree.groups();
		tree.grouping = 'code';
		expect(shown(tree).length).toBe(3);
	});
});

describe('a file that changes', () => {
	test('changes its own group alone, where calls are grouped by file', () => {
		const tree = filled('file');
		const [own, other] = tree.groups();
		expect(tree.set(file('a.c', call('FIONREAD', 1)))).toBe(own);
		expect(own?.calls.map((each) => each.call.code)).toEqual(['FIONREAD']);
		expect(other?.calls.length).toBe(2);
		expect(shown(tree)).toEqual(['a.c: FIONREAD 1', 'b.c: ? 2,SIO_RCVALL 9']);
	});

	test('changes the groups where it is new, holds no call any more, or shares groups with others', () => {
		const tree = filled('file');
		tree.groups();
		expect(tree.set(file('c.c', call('FIONREAD', 1)))).toBe(undefined);
		expect(tree.set(file('a.c'))).toBe(undefined);
		expect(shown(tree)).toEqual(['b.c: ? 2,SIO_RCVALL 9', 'c.c: FIONREAD 1']);
		tree.grouping = 'code';
		tree.groups();
		expect(tree.set(file('c.c', call('FIONREAD', 2)))).toBe(undefined);
	});

	test('is forgotten with what a later check does not find', () => {
		const tree = filled('file');
		tree.retain((uri) => uri === 'b.c');
		expect(shown(tree)).toEqual(['b.c: ? 2,SIO_RCVALL 9']);
		tree.clear();
		expect(shown(tree)).toEqual([]);
	});
});
