/** What the runner does not do without a confirmation, whoever asks it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { unconfirmed } from '../../native/src/consent.ts';
import { checkPlan, type PlanInput, type StepInput } from '../../native/src/plan.ts';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { needsConsent } from '../../server/src/run/prepare.ts';
import { bundleRunner, makeRunner, reportOf, scratch, words } from './support.ts';

const FIONREAD = 0x541b;
const FIOASYNC = 0x5452;
const FIOSETOWN = 0x8901;
const SIOCGIFCONF = 0x8912;
const SOL_SOCKET = 1;

const posix = (...steps: StepInput[]): PlanInput => ({ backend: 'posix', socket: { type: 'datagram' }, steps });
const winsock = (...steps: StepInput[]): PlanInput => ({ backend: 'winsock', socket: { type: 'datagram' }, steps });

function problemOf(input: PlanInput, platform: string): string | undefined {
	const check = checkPlan(input);
	if (!check.ok) throw new Error(check.problem.message);
	return unconfirmed(check.plan, platform)?.path;
}

describe('a confirmation', () => {
	const fionread: StepInput = { call: 'ioctl', request: FIONREAD };
	const asking: readonly (readonly [string, StepInput, string])[] = [
		['FIOSETOWN', { call: 'ioctl', request: FIOSETOWN }, 'request'],
		['FIOASYNC', { call: 'ioctl', request: FIOASYNC }, 'request'],
		['a number that nobody knows', { call: 'ioctl', request: 0x12345678 }, 'request'],
		['a number of another system', { call: 'ioctl', request: 0x4004667f }, 'request'],
		['an option that nobody knows', { call: 'setsockopt', level: SOL_SOCKET, name: 15 }, 'name'],
		['a known name at another level', { call: 'setsockopt', level: 41, name: 9 }, 'name'],
	];

	test.each(asking)('is needed for %s, wherever it stands in the plan', (_, step, key) => {
		expect(problemOf(posix(step), 'linux')).toBe(`steps[0].${key}`);
		expect(problemOf(posix(fionread, fionread, step), 'linux')).toBe(`steps[2].${key}`);
		expect(problemOf({ ...posix(step), confirmed: true }, 'linux')).toBeUndefined();
		expect(problemOf({ ...posix(step), confirmed: false }, 'linux')).toBe(`steps[0].${key}`);
	});

	test('is not needed to read what the socket has', () => {
		const steps: StepInput[] = [
			fionread,
			{ call: 'getsockopt', level: SOL_SOCKET, name: 4, output: { size: 4 } },
			{ call: 'getifaddrs' },
			{ call: 'route', destination: { address: '127.0.0.1' } },
			{ call: 'setsockopt', level: SOL_SOCKET, name: 9, input: { bytes: words(1) } },
		];
		expect(problemOf(posix(...steps), 'linux')).toBeUndefined();
		// Where nobody has looked, every number is unknown.
		expect(problemOf(posix(fionread), 'sunos')).toBe('steps[0].request');
	});

	test('is true or false', () => {
		expect(checkPlan({ ...posix(fionread), confirmed: 1 })).toEqual({
			ok: false,
			problem: { path: 'confirmed', message: 'This must be true or false.' },
		});
	});

	test('is needed for a control code of Winsock exactly where the catalog cannot tell that it stays in the socket', () => {
		const wrong = codes.flatMap(({ name, opcode, live }) => {
			const alike = codes.filter((other) => other.opcode.value === opcode.value && other.live);
			const needed = !live || alike.some((other) => needsConsent(other.live?.risk ?? 'unknown'));
			const asked = problemOf(winsock({ call: 'WSAIoctl', code: opcode.value ?? 0 }), 'win32') !== undefined;
			return needed === asked || (!live && alike.length > 0) ? [] : [name];
		});
		expect(wrong).toEqual([]);
		expect(codes.filter(({ live }) => live && !needsConsent(live.risk)).length).toBeGreaterThan(30);
	});
});

describe.runIf(process.platform === 'linux')('the runner itself', () => {
	const folder = scratch();
	let script: string;
	beforeAll(async () => {
		script = await bundleRunner(folder);
	});

	test('refuses before it makes a socket, and obeys a confirmation', async () => {
		const runner = makeRunner({ script });
		const owned = posix(
			{ call: 'ioctl', request: FIOSETOWN, argument: { bytes: words(process.pid) } },
			{ call: 'ioctl', request: FIOASYNC, argument: { bytes: words(1) } },
		);
		expect(await runner.run(owned)).toMatchObject({
			kind: 'failed',
			reason: 'plan-refused',
			problem: { path: 'steps[0].request' },
		});
		const asked = posix({ call: 'ioctl', request: SIOCGIFCONF, argument: { bytes: words(0, 0, 0, 0) } });
		expect(await runner.run(asked)).toMatchObject({ kind: 'failed', reason: 'plan-refused' });
		const [step] = reportOf(await runner.run({ ...asked, confirmed: true })).steps;
		expect(step?.status).toBe('ok');
	});
});
