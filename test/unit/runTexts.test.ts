/** How each code of the catalog is run, and what is said of answers to it, against a text for each backend. */
import { join } from 'node:path';
import { afterAll, it } from 'vitest';
import type { SystemInfo } from '../../native/src/plan.ts';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import type { PreparedRun, RunOptions } from '../../server/src/run/prepare.ts';
import type { Outcome } from '../../server/src/run/result.ts';
import { resultPlain } from '../../server/src/run/resultText.ts';
import { hasWrongSizes } from '../../server/src/run/subject.ts';
import { prepare, resultOf, subjectOf, subjectOfCall } from '../support/builtin.ts';
import { GRIDS } from '../support/callGrids.ts';
import { checked } from '../support/checked.ts';
import { matchesGolden } from '../support/golden.ts';
import { STEP } from '../support/step.ts';

const folder = join(import.meta.dirname, '../fixtures/runs');

const prepared = (name: string, options: RunOptions) => {
	const subject = subjectOf(name);
	return 'error' in subject ? subject : prepare(subject, options);
};

const inHex = (base64: string | null) => (base64 === null ? 'NULL' : Buffer.from(base64, 'base64').toString('hex'));

const stepTold = (step: PreparedRun['plan']['steps'][number]): string =>
	'overlapped' in step && step.overlapped ? `${step.call} overlapped` : step.call;

function planTold({
	title,
	risk,
	effect,
	confirm,
	questions,
	notes,
	input,
	output,
	posix,
	plan,
}: PreparedRun): string[] {
	return [
		`${title} (${risk}${confirm ? ', asks first' : ''}): ${effect}`,
		`  in: ${input.typeText ?? '?'} ${input.size}/${input.declared} ${inHex(input.bytes)}`,
		`  out: ${output.typeText ?? '?'} ${output.size}/${output.declared}${output.list ? ' list' : ''}`,
		...questions.map((q) => `  asks: ${q.path} ${q.kind} ${q.default}`),
		...notes.map((note) => `  notes: ${note}`),
		...(posix ? [`  posix: ${posix.call} ${posix.difference ?? ''}`] : []),
		`  plan: ${JSON.stringify(plan.socket)} ${plan.steps.map(stepTold).join(' ')} ${plan.timeoutMs}`,
	];
}

const BACKENDS: readonly RunOptions[] = [
	{ backend: 'winsock', sizes: 'correct' },
	{ backend: 'posix', sizes: 'correct', system: 'Linux' },
	{ backend: 'posix', sizes: 'correct', system: 'macOS' },
];

it.each(BACKENDS)('plans: %o', (options) => {
	const lines = codes.flatMap(({ name }) => {
		const run = prepared(name, options);
		return 'error' in run ? [`${name}: ${run.error}`] : planTold(run);
	});
	const file = [options.backend, options.system ?? ''].filter(Boolean).join('-');
	matchesGolden(join(folder, `plans-${file}.txt`), `${lines.join('\n')}\n`);
});

const WINDOWS: SystemInfo = {
	name: 'Windows',
	version: '10',
	label: 'Windows 10',
	arch: 'x64',
	pointerSize: 8,
	runtime: '',
	koffi: '',
};

/** An answer that has filled the whole output with numbers that count up. */
function answered({ output, input, plan }: PreparedRun, system: SystemInfo): Outcome {
	const size = output.size ?? 0;
	const bytes = Math.min(size, 96);
	const filled = Buffer.from(Array.from({ length: size }, (_, i) => (i < bytes && i % 4 === 0 ? 1 + (i >> 2) : 0)));
	const intact = { intact: true, before: 0, after: 0, first: null, last: null };
	const step = {
		...STEP,
		bytesReturned: bytes,
		output: size > 0 ? filled.toString('base64') : null,
		outputTouched: bytes,
		addresses: { input: input.size ? '0x1000' : null, output: size > 0 ? '0x2000' : null },
		guards: { input: intact, output: { ...intact, intact: size % 8 === 0, after: 4, first: size, last: size + 3 } },
	};
	const steps = plan.steps.map(() => step);
	return { kind: 'done', report: { backend: 'winsock', system, socket: { local: null, peer: null }, steps } };
}

it('answers of Windows', () => {
	// Codes that answer with the same type are told in the same way.
	const byType = new Map<string, string>();
	for (const { name } of codes) {
		const run = prepared(name, { backend: 'winsock', sizes: 'correct', overlapped: true });
		const type = 'error' in run ? undefined : (run.output.typeText ?? run.input.typeText);
		if ('error' in run || type === undefined || byType.has(type)) continue;
		const system = byType.size % 4 === 3 ? { ...WINDOWS, name: 'Wine' as const, label: 'Wine 8.0' } : WINDOWS;
		byType.set(type, [...planTold(run), resultPlain(resultOf(run, answered(run, system)))].join('\n'));
	}
	matchesGolden(join(folder, 'answers.txt'), [...byType.values()].join('\n\n'));
});

/** What of a plan depends on the source. */
const buffersTold = ({ input, output, questions, notes, confirm }: PreparedRun): string =>
	[
		`in ${input.typeText ?? '?'} ${input.size}/${input.declared} ${inHex(input.bytes).slice(0, 64)}`,
		`out ${output.typeText ?? '?'} ${output.size}/${output.declared}`,
		...(questions.length > 0 ? [`asks ${questions.map((q) => `${q.path}=${q.default}`).join(' ')}`] : []),
		...(confirm ? ['asks first'] : []),
		...notes,
	].join('; ');

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

it.each(GRIDS.filter(({ name }) => /^(?:input|output|both|ioctlsocket|typescript)$/.test(name)))(
	'plans of calls: $name',
	async ({ name, ending, around, calls }) => {
		const lines = [];
		for (const call of calls) {
			const result = await checked(checker, { name: `run.${ending}`, text: around(call) });
			lines.push(call);
			for (const found of result.calls) {
				const subject = subjectOfCall(found);
				for (const sizes of ['written', 'correct'] as const) {
					const run = 'error' in subject ? subject : prepare(subject, { backend: 'winsock', sizes });
					lines.push(`  ${'error' in run ? run.error : buffersTold(run)}`);
				}
				if (!('error' in subject) && hasWrongSizes(subject, Catalog.builtin)) lines.push('  wrong sizes');
			}
		}
		matchesGolden(join(folder, `calls-${name}.txt`), `${lines.join('\n')}\n`);
	},
);
