import assert from 'node:assert/strict';
import { commands, type Uri } from 'vscode';
import type { Status } from '../../../client/src/context.ts';
import { closeAll, extension, file, open, some, until, untilFindings } from './support.ts';

/** The status once the server is in this state, in a process other than `previous`. */
function untilState(state: Status['state'], previous?: number): Promise<Status> {
	const api = extension().exports;
	return until(api.onDidChangeStatus, () => {
		const { status } = api;
		return status.state === state && (previous === undefined || status.pid !== previous) ? status : undefined;
	});
}

/** Kills the server once it answers requests, and returns the process id it had. */
async function kill(uri: Uri): Promise<number> {
	const { pid } = await untilState('running');
	assert.ok(pid);
	// The library says that it runs a little before it has finished starting.
	await commands.executeCommand('vscode.executeCodeLensProvider', uri);
	process.kill(pid, 'SIGKILL');
	return pid;
}

suite('the server', () => {
	let uri: Uri;

	suiteSetup(async () => {
		await closeAll();
		({ uri } = await open(file('first', 'keepalive.c')));
		await untilFindings(uri, some);
	});
	suiteTeardown(closeAll);

	test('the restart command replaces the process and the findings come back', async () => {
		const before = await untilState('running');
		await commands.executeCommand('ioctlLens.restartServer');
		const after = await untilState('running', before.pid);
		assert.notEqual(after.pid, before.pid);
		assert.equal((await untilFindings(uri, some)).length, 1);
	});

	test('after a crash it starts again by itself', async () => {
		const killed = await kill(uri);
		await untilState('running', killed);
		assert.equal((await untilFindings(uri, some)).length, 1);
	});

	test('after four crashes in a row it stays off and says so', async () => {
		for (let crash = 2; crash <= 3; crash++) await untilState('running', await kill(uri));
		await kill(uri);
		assert.deepEqual(await untilState('crashed'), {
			state: 'crashed',
			version: extension().packageJSON.version,
			pid: undefined,
		});
	});

	test('the restart command brings it back', async () => {
		await commands.executeCommand('ioctlLens.restartServer');
		await untilState('running');
		assert.equal((await untilFindings(uri, some)).length, 1);
	});
});
