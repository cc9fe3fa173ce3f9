/**
 * Every word of a page, a hover or a result comes from a text that has its German. The texts and the catalog's prose are
 * put into letters of another kind here: what is still in those of English is a name, or a word that nobody translates.
 */
import * as l10n from '@vscode/l10n';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../native/src/outcome.ts';
import type { GuardVerdict, InterfaceRecord, StepResult, SystemInfo } from '../../native/src/plan.ts';
import german from '../../server/l10n/de/interface.json' with { type: 'json' };
import ofRules from '../../server/l10n/de/rules.json' with { type: 'json' };
import { codes, types } from '../../server/src/catalog/builtin.generated.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { inOtherWords } from '../../server/src/catalog/prose.ts';
import { languageOf } from '../../server/src/languages/languageOf.ts';
import { explain } from '../../server/src/reference/explain.ts';
import * as markdown from '../../server/src/reference/render/markdown.ts';
import { BACKENDS } from '../../server/src/run/backends/all.ts';
import { encode, type FieldInputs } from '../../server/src/run/buffers/encode.ts';
import { Shapes, typeNamed } from '../../server/src/run/buffers/shape.ts';
import { type PreparedRun, prepare } from '../../server/src/run/prepare.ts';
import { prepareProbe, probeMarkdown, probeResultOf } from '../../server/src/run/probe.ts';
import { resultOf } from '../../server/src/run/result.ts';
import { probeHtml, resultHtml } from '../../server/src/run/resultHtml.ts';
import { resultMarkdown } from '../../server/src/run/resultText.ts';
import { subjectOf } from '../../server/src/run/subject.ts';
import { meaningOf } from '../../server/src/writing/meaning.ts';

/** The same in letters of full width, but for what stands between backticks. */
const other = (text: string): string =>
	text.replace(/`[^`]*`|[A-Za-z]/g, (part) =>
		part.length > 1 ? part : String.fromCodePoint((part.codePointAt(0) ?? 0) + 0xfee0),
	);

let catalog: Catalog;
let pages: markdown.Pages;
beforeAll(() => {
	l10n.config({
		contents: Object.fromEntries(Object.keys({ ...german, ...ofRules }).map((text) => [text, other(text)])),
	});
	catalog = new Catalog(inOtherWords(Catalog.builtin.entries, other));
	pages = { catalog, link: markdown.noLinks };
});
afterAll(() => l10n.config({ contents: {} }));

/** Names that look like words. */
const NAMES = new Set(
	'Microsoft Learn bind Windows Vista Server Wine Linux struct ioctl ioctlsocket getifaddrs setsockopt getsockopt ifaddrs hostent linger timeval int ok'.split(
		' ',
	),
);

/** Words of Markdown in the letters of English that are no names: code, addresses and tags are passed over. */
function english(text: string): string[] {
	const plain = text
		// Of the blocks of text the pictures of bits alone have words: the others show members.
		.replace(/```(\w*)\n([\s\S]*?)```/g, (_, language, block) =>
			language === 'text' && / T=\d/.test(block) ? block : '',
		)
		.replace(/\]\([^)]*\)|`[^`\n]*`|<pre class="dump">[\s\S]*?<\/pre>|<[^>]*>|&#?\w+;|[\w.-]+\/[\w.-]+#\d+/g, ' ');
	const words = [...plain.matchAll(/[A-Za-z_](?:[\w.]*\w)?/g)].map(([word]) => word);
	return [...new Set(words)].filter((word) => word.length > 1 && !/.[A-Z]|_|\d|\.h$/.test(word) && !NAMES.has(word));
}

const entries = () => codes.flatMap(({ name }) => catalog.code(name)?.code ?? []);

test('what reads the same in German is a word of both languages', () => {
	const alike = Object.entries(german).flatMap(([text, own]) => (text === own ? [text] : []));
	expect(alike).toEqual([
		...['Argument', 'Bits', 'Definition', 'Member', 'Name', 'Socket', 'Status', 'optional'],
		'{0} in {1}',
	]);
});

describe('no word is English in', () => {
	test('a sample that has one', () => {
		expect(english('`a b` **Size** ｓｉｚｅ of SIO_X in ws2.h, [Learn](x:y)')).toEqual(['Size', 'of', 'in']);
	});

	test('the pages', () => {
		const { functions, guids, options } = catalog.entries;
		const names = [...codes, ...types, ...guids, ...options, ...functions.map(({ id }) => ({ name: id }))];
		const numbers = ['WSAEFAULT', '10014', '0x4004667f', '0x12345', '0x98000004', '0x8004667d', '5'];
		for (const name of [...names.map((each) => each.name), ...numbers]) {
			const found = explain(name, pages);
			const words = english('markdown' in found ? found.markdown : found.error);
			expect([name, words.filter((word) => word !== name)]).toEqual([name, []]);
		}
	});

	test('questions that have no answer', () => {
		const guid = '00000000-0000-0000-0000-000000000000';
		for (const query of ['', 'SIO_KEEPALIVE_VAL', 'x'.repeat(300), '99999999999', guid, 'ＡＡＡ ＢＢＢ', '?!']) {
			const found = explain(query, pages);
			expect([query, 'error' in found && english(found.error)]).toEqual([query, []]);
		}
	});

	test('the hovers', () => {
		const { functions, guids } = catalog.entries;
		const hovers = [
			...entries().flatMap((entry) => [
				markdown.codeHover(entry, pages),
				...(entry.aliases ?? []).map((alias) => markdown.codeHover(entry, pages, alias)),
				...markdown.codeSections(entry, pages),
				...(['input', 'output'] as const).flatMap((side) =>
					[true, false].map((isSize) => {
						const facts = { name: 'x', expected: '`12`', given: '`4`' };
						return markdown.argumentHover(facts, entry, { side, isSize }, pages) ?? '';
					}),
				),
			]),
			...types.flatMap(({ name }) => {
				const type = catalog.type(name);
				if (!type) return [];
				const members = 'fields' in type ? type.fields.map((field) => field.name) : [];
				return [
					markdown.typeHover(type, pages),
					...members.map((each) => markdown.memberHover(type, each, pages) ?? ''),
				];
			}),
			...guids.map((guid) => markdown.guidHover(guid, pages)),
			...functions.map((api) => markdown.functionHover(api, pages)),
			...[0x4004667f, 0x12345, 5, 0x4004747f].map((value) => markdown.numberHover(value, pages)),
			...[0x98000004, 0x98009999].map((value) => markdown.definedCodeHover('MY_CODE', value, 'my.h', pages)),
			...['RCVALL_ON', 'TCPSTATE_ESTABLISHED'].flatMap((name) => {
				const constant = catalog.constant(name);
				return constant ? [markdown.constantHover(constant, pages)] : [];
			}),
		];
		expect(hovers.map(english).filter((words) => words.length > 0)).toEqual([]);
		expect(hovers.length).toBeGreaterThan(1000);
	});

	test.each(['a.c', 'a.ts'])('what arguments mean in %s', (name) => {
		const wording = languageOf(name, undefined, '')?.wording;
		if (!wording) throw new Error(`${name} is of no language`);
		const found = catalog.functions.flatMap((api) =>
			[undefined, ...entries()].flatMap((code) =>
				api.parameters.map((_, slot) => meaningOf(slot, { api, code, catalog, wording })),
			),
		);
		expect([...new Set(found)].map(english).filter((words) => words.length > 0)).toEqual([]);
		expect(found.length).toBeGreaterThan(1000);
	});
});

// ---- runs ----

const INTACT: GuardVerdict = { intact: true, before: 0, after: 0, first: null, last: null };
const OVERRUN: GuardVerdict = { intact: false, before: 1, after: 2, first: -1, last: 5000 };
const bytes = (length: number): string => Buffer.alloc(length, 0x11).toString('base64');

const step = (more: Partial<StepResult>): StepResult => ({
	...{ call: 'WSAIoctl', text: '', status: 'ok', returned: 0, error: 0, errorName: null, bytesReturned: 0 },
	...{ output: null, argument: null, outputTouched: 0, inputChanged: false, nanoseconds: 1, overlapped: null },
	...{
		addresses: { input: null, output: null },
		guards: { input: null, output: null },
		endpoint: null,
		interfaces: null,
	},
	...more,
});

const loopback: InterfaceRecord = {
	...{ name: 'ｌｏ', flags: 1, netmask: null, broadcast: null },
	address: Buffer.from([2, 0, 0, 0, 127, 0, 0, 1]).toString('base64'),
};

const STEPS: readonly StepResult[] = [
	step({ output: bytes(4096), argument: bytes(4), bytesReturned: 4096, guards: { input: INTACT, output: INTACT } }),
	step({ output: bytes(4096), bytesReturned: null, inputChanged: true, guards: { input: OVERRUN, output: OVERRUN } }),
	step({ status: 'error', error: 10014, errorName: 'WSAEFAULT', bytesReturned: 9000 }),
	step({ status: 'error', error: 4711 }),
	step({ status: 'pending', overlapped: { pendingAtReturn: true, completed: true } }),
	step({ overlapped: { pendingAtReturn: true, completed: true }, interfaces: [loopback], argument: bytes(4) }),
];

const SYSTEM: SystemInfo = {
	...{ name: 'Wine', version: '8.0', label: 'Wine 8.0', arch: 'x64', pointerSize: 8, runtime: 'Node 24', koffi: '3' },
};

const outcomes = (count: number): readonly Outcome[] => [
	...STEPS.map((one): Outcome => {
		const socket = { local: null, peer: null };
		return { kind: 'done', report: { backend: 'winsock', system: SYSTEM, socket, steps: Array(count).fill(one) } };
	}),
	{ kind: 'cancelled', message: 'in English' },
	{ kind: 'timed-out', message: 'in English', afterMs: 500 },
	{ kind: 'crashed', message: 'in English', phase: 'run', exitCode: 3, signal: null, stderr: ['４'] },
	{ kind: 'crashed', message: 'in English', phase: 'start', exitCode: null, signal: 'SIGSEGV', stderr: [] },
	{
		kind: 'failed',
		reason: 'socket-setup',
		message: 'in English',
		setup: { call: 'bind', error: 10013, errorName: 'WSAEACCES' },
	},
	{ kind: 'failed', reason: 'socket-setup', message: 'in English', setup: { call: 'bind', error: 5, errorName: null } },
];

describe.each(['winsock', 'posix'] as const)('no word is English in what comes of %s', (backend) => {
	const prepared = (name: string, sizes: 'written' | 'correct'): PreparedRun | { readonly error: string } => {
		const subject = subjectOf(name, catalog);
		return 'error' in subject ? subject : prepare(subject, { backend, sizes }, catalog);
	};

	/** They head tables and stand in short answers without marks. */
	const members = new Set(types.flatMap((type) => ('fields' in type ? type.fields.map(({ name }) => name) : [])));

	test.each(['written', 'correct'] as const)('runs with sizes as %s', (sizes) => {
		for (const { name } of codes) {
			const run = prepared(name, sizes);
			const texts: string[] = [];
			if ('error' in run) texts.push(run.error);
			else {
				texts.push(run.title, run.effect, ...run.notes, ...run.questions.map((each) => each.meaning ?? ''));
				for (const outcome of outcomes(run.plan.steps.length)) {
					const result = resultOf({ ...run, predicted: sizes === 'written' ? ['`4`'] : [] }, outcome, catalog);
					texts.push(resultMarkdown(result), resultHtml(result), result.inline, ...result.calls);
				}
			}
			const words = texts.flatMap((text) => english(withoutFields(text)));
			expect([name, words.filter((word) => !members.has(word))]).toEqual([name, []]);
		}
	});

	test('probes', () => {
		let planned = 0;
		for (const entry of entries()) {
			const subject = subjectOf(entry.name, catalog);
			const probe = 'error' in subject ? subject : prepareProbe(subject, { backend }, catalog);
			const texts = 'error' in probe ? [probe.error] : [probe.title, probe.effect];
			if ('plans' in probe) {
				for (const outcome of outcomes(probe.plans[0]?.steps?.length ?? 0)) {
					const result = probeResultOf(probe, [outcome]);
					texts.push(probeMarkdown(result), probeHtml(result));
				}
			}
			expect([entry.name, texts.flatMap(english)]).toEqual([entry.name, []]);
			if ('plans' in probe) planned++;
		}
		expect(planned > 50).toBe(BACKENDS[backend].tellsSizes);
	});
});

/** Rows of tables of fields hold names and values alone, below a head that is read. */
const withoutFields = (text: string): string =>
	text
		.replace(/(\n\| -[-| :]*\n)(?:\|.*\n)+/g, '$1')
		.replace(/<tbody>[\s\S]*?<\/tbody>/g, '')
		.replace(/```c\n[\s\S]*?```/g, '');

test('no word is English in what is wrong with a value', () => {
	const shapes = new Shapes(catalog, 'x64');
	const wrong: readonly (readonly [string, FieldInputs])[] = [
		['tcp_keepalive', { 'a b': '1' }],
		['tcp_keepalive', { nowhere: '1' }],
		['tcp_keepalive', { onoff: '１' }],
		['tcp_keepalive', { onoff: '99999999999' }],
		['tcp_keepalive', { '': [1, 2, 3, 4] }],
		['tcp_keepalive', { '': '１' }],
		['RCVALL_VALUE', { '': '１' }],
		['GUID', { '': '１' }],
		['IN_ADDR', { '': '１' }],
		['IN6_ADDR', { '': '１' }],
		['SOCKADDR', { '': '１' }],
		['SOCKET_ADDRESS_LIST', { '': ['１'] }],
		['SOCKET_ADDRESS_LIST', { 'Address[0].lpSockaddr': '１' }],
		['nowhere', { '': 1 }],
	];
	for (const [type, values] of wrong) {
		const encoded = encode(type, values, shapes);
		const members = shapes.members(typeNamed(type)).map(({ name }) => name);
		const words = encoded.ok ? ['it is right'] : encoded.problems.flatMap(({ message }) => english(message));
		expect([type, values, words.filter((word) => !members.includes(word) && word !== 'nowhere')]).toEqual([
			type,
			values,
			[],
		]);
	}
});
