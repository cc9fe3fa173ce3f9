/** Live runs as an editor asks for them: plans from the server, answers from the runner, documents from the server. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens } from 'vscode-languageserver';
import { Runner } from '../../native/src/runner.ts';
import type {
	ProbePlanResult,
	ProbeResultResult,
	RunPlan,
	RunPlanResult,
	RunResultResult,
} from '../../server/src/lsp/protocol.ts';
import { RIGHT, SHORT } from './support/samples.ts';
import { type Build, build, type ClientOptions, ServerProcess } from './support/server.ts';

let built: Build;
const servers: ServerProcess[] = [];
beforeAll(async () => {
	built = await build();
});
afterAll(async () => {
	await Promise.all(servers.map((s) => s.kill()));
	await built.remove();
});

async function server(given: object, options: ClientOptions = {}): Promise<ServerProcess> {
	const initializationOptions = { commands: ['ioctlLens.explainCall', 'ioctlLens.openReference'], ...given };
	const started = await ServerProcess.start(built.server, { ...options, initializationOptions });
	servers.push(started);
	return started;
}

const URI = 'file:///project/a.c';
const asked = (line: number, more: object = {}) => ({
	uri: URI,
	position: { line, character: 4 },
	sizes: 'written',
	backend: 'winsock',
	...more,
});
const UNTRUSTED = { error: 'This workspace is not trusted, so nothing of it is run.' };

function planned(result: RunPlanResult): RunPlan {
	if ('error' in result) throw new Error(result.error);
	return result;
}

describe('a server', () => {
	test('plans nothing before the client has said that the workspace is trusted', async () => {
		const client = await server({ liveRuns: true });
		await client.open(URI, RIGHT);
		expect(await client.request('ioctlLens/runPlan', asked(4))).toEqual(UNTRUSTED);
		expect(await client.request('ioctlLens/runPlanWith', asked(4, { answers: {} }))).toEqual(UNTRUSTED);
		expect(await client.request('ioctlLens/probePlan', asked(4))).toEqual(UNTRUSTED);
		expect(await client.request('ioctlLens/runResult', { run: {}, outcome: {} })).toEqual(UNTRUSTED);
		expect(await client.request('ioctlLens/probeResult', { probe: {}, outcomes: [] })).toEqual(UNTRUSTED);
		await client.connection.sendNotification('ioctlLens/setTrust', { trusted: true });
		expect(await client.request('ioctlLens/runPlan', asked(4))).toMatchObject({ code: 'SIO_KEEPALIVE_VALS' });
		await client.connection.sendNotification('ioctlLens/setTrust', { trusted: false });
		expect(await client.request('ioctlLens/runPlan', asked(4))).toEqual(UNTRUSTED);
	});

	test('says in words what it cannot plan', async () => {
		const client = await server({ trusted: true });
		await client.open(URI, RIGHT);
		const none = { error: 'There is no I/O control call here.' };
		expect(await client.request('ioctlLens/runPlan', asked(0))).toEqual(none);
		expect(await client.request('ioctlLens/runPlan', asked(4, { uri: 'file:///elsewhere.c' }))).toEqual(none);
		expect(await client.request('ioctlLens/runPlan', asked(4, { backend: 'both' }))).toEqual({
			error: 'The backend is winsock or posix.',
		});
		expect(await client.request('ioctlLens/runPlan', { uri: 7 })).toEqual(none);
		expect(await client.request('ioctlLens/runPlan', {})).toEqual(none);
	});

	test('asks for what the source does not show, and refuses what does not fit', async () => {
		const client = await server({ trusted: true });
		await client.open(URI, SHORT.replace(/DWORD on = 1, bytes;/, 'struct tcp_keepalive on; DWORD bytes;'));
		const plan = planned(await client.request<RunPlanResult>('ioctlLens/runPlan', asked(3)));
		expect(plan.questions.map((q) => [q.path, q.default, q.highest])).toEqual([
			['onoff', '1', '4294967295'],
			['keepalivetime', '10000', '4294967295'],
			['keepaliveinterval', '1000', '4294967295'],
		]);
		const answers = { onoff: '1', keepalivetime: '5', keepaliveinterval: 'soon' };
		expect(await client.request('ioctlLens/runPlanWith', asked(3, { answers }))).toEqual({
			error: 'keepaliveinterval: "soon" is not a number.',
			problems: [{ path: 'keepaliveinterval', message: '"soon" is not a number.' }],
		});
		const full = await client.request<RunPlanResult>(
			'ioctlLens/runPlanWith',
			asked(3, { answers: { ...answers, keepaliveinterval: '6' } }),
		);
		expect(planned(full)).toMatchObject({
			questions: [],
			plan: { steps: [{ input: { bytes: Buffer.from('010000000500000006000000', 'hex').toString('base64') } }] },
		});
	});

	test('puts a lens that runs beside the one that explains', async () => {
		const titles = async (options: object) => {
			const client = await server(options);
			await client.open(URI, RIGHT);
			const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } });
			return lenses.map((l) => [l.command?.title, l.command?.command]);
		};
		const explain = ['SIO_KEEPALIVE_VALS · in 12 · Explain', 'ioctlLens.explainCall'];
		expect(await titles({ trusted: true })).toEqual([explain]);
		expect(await titles({ liveRuns: true, backend: 'Wine 8.0' })).toEqual([explain]);
		expect(await titles({ trusted: true, liveRuns: true, backend: 'Wine 8.0' })).toEqual([
			explain,
			['Run · Wine 8.0', 'ioctlLens.run'],
		]);
	});
});

test('leaves the run lens out where a setting says so, and only that', async () => {
	const client = await server({ trusted: true, liveRuns: true });
	await client.connection.sendNotification('workspace/didChangeConfiguration', {
		settings: { ioctlLens: { runLens: { enable: false } } },
	});
	await client.open(URI, RIGHT);
	const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } });
	expect(lenses.map((l) => l.command?.command)).toEqual(['ioctlLens.explainCall']);
});

test('offers to run the call at the cursor, only where it may', async () => {
	const titles = async (options: object, text = RIGHT) => {
		const client = await server(options);
		await client.open(URI, text);
		const [lens] = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } });
		const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
			textDocument: { uri: URI },
			range: lens!.range,
			context: { diagnostics: [] },
		});
		return actions.map((a) => [a.title, a.command?.command]);
	};
	const explain = ['Explain SIO_KEEPALIVE_VALS', 'ioctlLens.explainCall'];
	expect(await titles({ liveRuns: true })).toEqual([explain]);
	const run = ['Run SIO_KEEPALIVE_VALS', 'ioctlLens.run'];
	const probe = ['Probe sizes of SIO_KEEPALIVE_VALS', 'ioctlLens.probeSizes'];
	expect(await titles({ trusted: true, liveRuns: true })).toEqual([explain, run, probe]);
	expect(await titles({ trusted: true, liveRuns: true, backendName: 'posix' })).toEqual([explain, run]);
	expect(await titles({ trusted: true, liveRuns: true }, SHORT)).toEqual([
		explain,
		run,
		['Run SIO_KEEPALIVE_VALS with correct sizes', 'ioctlLens.runCorrectSizes'],
		probe,
	]);
});

/** Runs a plan in a runner of its own. The packages of koffi stand beside the bundle or in the product's own folder. */
async function runOnce(plan: unknown) {
	const runner = new Runner({ script: join(built.folder, 'runner.cjs'), packages: join(import.meta.dirname, '../..') });
	const outcome = await runner.run(plan);
	await runner.dispose();
	return outcome;
}

describe.skipIf(process.platform === 'win32')('from the lens to the document', () => {
	test('a run on this system', async () => {
		const client = await server({ trusted: true });
		await client.open(URI, 'void f(SOCKET s) { u_long n;\n\tioctlsocket(s, FIONREAD, &n); }\n');
		const result = await client.request<RunPlanResult>('ioctlLens/runPlan', asked(1, { backend: 'posix' }));
		const { plan, run, title, risk, confirm } = planned(result);
		expect({ title, risk, confirm }).toEqual({ title: 'ioctl(FIONREAD) for FIONREAD', risk: 'none', confirm: false });
		const outcome = await runOnce(plan);
		const answer = await client.request<RunResultResult>('ioctlLens/runResult', { run, outcome });
		if ('error' in answer) throw new Error(answer.error);
		expect([answer.status, answer.inline]).toEqual(['ok', '5 bytes']);
		expect(answer.markdown.split('\n').slice(0, 3)).toEqual([
			'# ioctl(FIONREAD) for FIONREAD',
			'',
			'**Done.** ioctl(FIONREAD) succeeded.',
		]);
		expect(JSON.parse(answer.json)).toMatchObject({
			output: { bytes: '05000000' },
			socket: 'a TCP pair on the loopback, connected; the peer had sent 5 bytes',
		});
	});

	test('a call that Windows refuses is no success on a system that is told no sizes', async () => {
		const client = await server({ trusted: true });
		await client.open(URI, SHORT);
		const { plan, run } = planned(
			await client.request<RunPlanResult>('ioctlLens/runPlan', asked(3, { backend: 'posix' })),
		);
		const outcome = await runOnce(plan);
		const answer = await client.request<RunResultResult>('ioctlLens/runResult', { run, outcome });
		if ('error' in answer) throw new Error(answer.error);
		expect([answer.status, answer.inline]).toEqual(['elsewhere', 'fails on Windows']);
		const [finding] = (await client.diagnosticsOf(URI, 1)).diagnostics;
		expect(JSON.parse(answer.json)).toMatchObject({ predicted: [finding?.message] });
	});
});

test('a probe is planned and its table written', async () => {
	const client = await server({ trusted: true });
	await client.open(URI, RIGHT);
	const plan = await client.request<ProbePlanResult>('ioctlLens/probePlan', asked(4));
	if ('error' in plan) throw new Error(plan.error);
	// 0 to twice 12 bytes, 16 steps in a plan.
	expect([plan.code, plan.confirm, plan.plans.length]).toEqual(['SIO_KEEPALIVE_VALS', false, 2]);
	const answer = await client.request<ProbeResultResult>('ioctlLens/probeResult', {
		probe: plan.probe,
		outcomes: [{ kind: 'failed', reason: 'backend-missing', message: 'Wine is not installed.' }],
	});
	expect(answer).toMatchObject({
		inline: 'Wine is not installed.',
		markdown: '# Sizes of SIO_KEEPALIVE_VALS\n\n- Wine is not installed.\n',
	});
	expect(await client.request('ioctlLens/probePlan', asked(4, { backend: 'posix' }))).toEqual({
		error: 'The calls of libc are told no sizes, so there is nothing to probe; use the winsock backend.',
	});
});
