import { appendFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { workspace } from 'vscode';
import { until } from './support.ts';

/** In this order: what must be seen before the extension is active comes first, what kills the server last. */
const files = ['activation', 'diagnostics', 'features', 'workspaceCheck', 'folders', 'parity', 'server'];

/** Called by VS Code inside its extension host; a rejection becomes a failing exit status. */
export async function run(): Promise<void> {
	write({ reached: 'the extension host' });
	// On a busy machine the host may be there before the folders of its workspace are.
	await until(workspace.onDidChangeWorkspaceFolders, () =>
		workspace.workspaceFolders?.length === 2 ? true : undefined,
	);
	write({ reached: 'the tests' });
	const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: Results });
	if (process.env.HOST_GREP) mocha.grep(process.env.HOST_GREP);
	for (const file of files) mocha.addFile(path.join(import.meta.dirname, `${file}.cjs`));
	const failures = await new Promise<number>((resolve) => mocha.run(resolve));
	if (failures > 0) throw new Error(`${failures} failed`);
}

/** Appends to the file that the runner reads: console output does not reach it from every kind of host. */
const write = (result: object) => appendFileSync(process.env.HOST_RESULTS ?? '', `${JSON.stringify(result)}\n`);

/** Each result as it comes. */
class Results extends Mocha.reporters.Base {
	constructor(runner: Mocha.Runner) {
		super(runner);
		const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_END } = Mocha.Runner.constants;
		runner.on(EVENT_TEST_PASS, (test) => write({ name: test.fullTitle() }));
		runner.on(EVENT_TEST_FAIL, (test, error) => write({ name: test.fullTitle(), error: error.stack ?? error.message }));
		runner.on(EVENT_TEST_PENDING, (test) => write({ name: test.fullTitle(), error: 'skipped' }));
		runner.on(EVENT_RUN_END, () => write({ end: true }));
	}
}
