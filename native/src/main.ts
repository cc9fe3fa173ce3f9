/**
 * The runner: a process that loads native code so that no other process has to. It reads plans from file descriptor 0
 * and writes answers to file descriptor 1, and ends when its input ends.
 *
 * Arguments: `--koffi=FOLDER`, where koffi's package is looked up, by default beside this file; `--backend=NAME`, by
 * default the one of this system.
 */

import './stdio.ts';
import { writeSync } from 'node:fs';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { type Backend, SetupError } from './backend.ts';
import { backends } from './backends.generated.ts';
import { unconfirmed } from './consent.ts';
import { execute } from './execute.ts';
import { FrameGate } from './framing.ts';
import { loadKoffi, MissingError } from './native.ts';
import { BACKENDS, checkPlan, nativeBackend, type PlanProblem, problemText } from './plan.ts';
import {
	PROTOCOL,
	REQUEST_LIMIT,
	type Ready,
	ReadyNotification,
	type RunAnswer,
	RunRequest,
} from './runnerProtocol.ts';
import { fdReader, fdWriter } from './stdio.ts';

/** The value of `--NAME=…`. */
function option(name: string): string | undefined {
	const prefix = `--${name}=`;
	return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
}

const wanted = option('backend');
const name = BACKENDS.find((each) => each === wanted) ?? nativeBackend(process.platform);

function loadBackend(): Backend | MissingError {
	try {
		return backends[name].create(loadKoffi(option('koffi')));
	} catch (error) {
		if (error instanceof MissingError) return error;
		throw error;
	}
}

function refusal(problem: PlanProblem): RunAnswer {
	return { ok: false, failure: { reason: 'plan-refused', message: problemText(problem), problem } };
}

function run(backend: Backend | MissingError, params: unknown): RunAnswer {
	const check = checkPlan(params);
	if (!check.ok) return refusal(check.problem);
	if (backend instanceof MissingError) {
		return { ok: false, failure: { reason: 'backend-missing', message: backend.message } };
	}
	if (check.plan.backend !== backend.name) {
		const message = `This runner has the ${backend.name} backend; the plan asks for ${check.plan.backend}.`;
		return { ok: false, failure: { reason: 'backend-missing', message } };
	}
	const problem = unconfirmed(check.plan, process.platform);
	if (problem) return refusal(problem);
	try {
		return { ok: true, report: execute(backend, check.plan) };
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		const { call, message, errorName } = error;
		return { ok: false, failure: { reason: 'socket-setup', message, call, error: error.error, errorName } };
	}
}

function complain(message: string): void {
	try {
		writeSync(2, `${message}\n`);
	} catch {
		// Nobody listens any more.
	}
}

const input = fdReader(0);
const gate = new FrameGate(REQUEST_LIMIT);
gate.on('error', (error) => {
	complain(`ioctl-lens runner: bad input: ${error.message}`);
	// exit() would wait for the read of file descriptor 0 that is under way, and whoever sends garbage may never end it.
	process.kill(process.pid, 'SIGKILL');
});
input.on('error', () => process.exit(0));
input.on('end', () => process.exit(0));

const output = fdWriter(1);
output.on('error', () => process.exit(0));
const connection = createMessageConnection(new StreamMessageReader(input.pipe(gate)), new StreamMessageWriter(output));
const backend = loadBackend();
connection.onRequest(RunRequest, (params) => {
	gate.renew();
	return run(backend, params);
});
connection.listen();

const ready: Ready =
	backend instanceof MissingError
		? { protocol: PROTOCOL, backend: name, missing: { reason: backend.reason, message: backend.message } }
		: { protocol: PROTOCOL, backend: name, system: backend.system };
void connection.sendNotification(ReadyNotification, ready);
