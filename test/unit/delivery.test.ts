/** What the repository brings for other machines than this one: workflows, an action, a hook, a problem matcher. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { validate } from '@actions/languageservice';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse, stringify } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { runCli, temporaryFolder } from '../support/cli.ts';

const root = join(import.meta.dirname, '../..');
const read = (...names: string[]) => readFileSync(join(root, ...names), 'utf8');
const workflows = readdirSync(join(root, '.github/workflows'));

interface Step {
	readonly run?: string;
	readonly uses?: string;
	readonly with?: Record<string, unknown>;
}

interface Job {
	readonly steps?: readonly Step[];
	readonly strategy?: { readonly matrix: Record<string, unknown[]> };
}

const jobsOf = (name: string): Record<string, Job> => parse(read('.github/workflows', name)).jobs;
const stepsOf = (name: string): Step[] => Object.values(jobsOf(name)).flatMap(({ steps = [] }) => steps);

const wrong = 'int f(SOCKET s, DWORD n) { DWORD on = 1; return WSAIoctl(s, SIO_RCVALL, &on, 2, 0, 0, &n, 0, 0); }\n';

/** What GitHub's own language service says of a file; it remembers by its name what it has read. */
const lint = async (name: string, text: string) =>
	(await validate(TextDocument.create(`file:///repository/${name}`, 'yaml', 1, text))).map(
		({ range, message }) => `${range.start.line + 1}: ${message}`,
	);

describe('workflows', () => {
	test('the linter finds mistakes', async () => {
		const workflow = { on: 'push', jobs: { a: { 'runs-on': 'x', steps: [{ run: `echo $\{{ nothing.there }}` }] } } };
		expect(await lint('.github/workflows/bad.yml', stringify(workflow))).toEqual([
			"6: Unrecognized named-value: 'nothing'",
		]);
		expect(
			await lint('bad/action.yml', stringify({ name: 'a', description: 'b', runs: { using: 'composite' } })),
		).toEqual(["4: 'steps' is required for composite actions (using: composite)"]);
	});

	test.each(workflows)('%s: a linter finds nothing', async (name) => {
		expect(await lint(`.github/workflows/${name}`, read('.github/workflows', name))).toEqual([]);
	});

	test.each(workflows)('%s: scripts and legs of tests that are named exist', (name) => {
		const runner = read('test/run.mjs');
		for (const { run = '' } of stepsOf(name)) {
			for (const [, script = ''] of run.matchAll(/npm run (\S+)/g)) expect(manifest.scripts).toHaveProperty(script);
			for (const [, legs = ''] of run.matchAll(/npm test -- ([\w ]+)/g)) {
				for (const leg of legs.trim().split(' ')) expect(runner).toMatch(new RegExp(`^\t+${leg}: \\{`, 'm'));
			}
			for (const [, file = ''] of run.matchAll(/vitest run (\S+)/g)) expect(existsSync(join(root, file))).toBe(true);
		}
	});

	test('a release is made of what was tested, and tags are versions', () => {
		const { package: made, ...others } = jobsOf('release.yml') as Record<string, Job & { needs?: unknown }>;
		expect(made?.needs).toBe('test');
		expect(Object.keys(others)).toEqual(['test', 'marketplace', 'open-vsx', 'npm', 'github']);
		expect(others.github?.needs).toEqual(['marketplace', 'open-vsx', 'npm']);
		for (const name of ['marketplace', 'open-vsx', 'npm']) expect(others[name]?.needs).toBe('package');
	});

	test('the oldest Node that is promised runs the command line on three systems', () => {
		const { matrix } = jobsOf('test.yml').node?.strategy ?? {};
		expect(matrix?.os).toEqual(['ubuntu-latest', 'windows-latest', 'macos-latest']);
		expect(`>=${String(matrix?.node?.[0]).replace(/(\.0)+$/, '')}`).toBe(manifest.engines.node);
	});
});

describe('the action', () => {
	const action = parse(read('action.yml'));

	test('a linter finds nothing in its steps', async () => {
		expect(await lint('action.yml', read('action.yml'))).toEqual([]);
		for (const { value } of Object.values(action.outputs as Record<string, { value: string }>)) {
			expect(value).toMatch(/^\$\{\{ steps\.check\.outputs\.(status|sarif) \}\}$/);
		}
	});

	const act = (folder: string, paths: string, args = '') => {
		const output = join(folder, 'output.txt');
		const environment = { RUNNER_TEMP: folder, GITHUB_OUTPUT: output, INPUT_PATHS: paths, INPUT_ARGS: args };
		const { status, stdout } = spawnSync(process.execPath, [join(root, 'packaging/action.mjs')], {
			cwd: folder,
			encoding: 'utf8',
			env: { ...process.env, ...environment, IOCTL_LENS_PROGRAM: join(root, 'server/src/node/cli.ts') },
		});
		return { status, stdout, outputs: existsSync(output) ? readFileSync(output, 'utf8') : '' };
	};

	test('shows findings, writes them for the Security page, and leaves the judgement to the last step', () => {
		const folder = temporaryFolder({ 'src/wrong.c': wrong });
		const { status, stdout, outputs } = act(folder, 'src\n');
		expect(status).toBe(0);
		expect(stdout).toMatch(/^::warning file=src\/wrong\.c,/m);
		expect(outputs).toBe(`status=1\nsarif=${join(folder, 'ioctl-lens.sarif')}\n`);
		const { runs } = JSON.parse(readFileSync(join(folder, 'ioctl-lens.sarif'), 'utf8'));
		expect(runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['input-too-small']);
	});

	test('takes options, and no path for one', () => {
		const folder = temporaryFolder({ 'src/wrong.c': wrong });
		expect(act(folder, 'src', '--rule\ninput-too-small=off').outputs).toMatch(/^status=0\n/);
		expect(act(folder, '--help').status).toBe(2);
	});
});

describe('what the README says for CI', () => {
	const blocks = [...read('README.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => parse(text));
	const cli = join(root, 'server/src/node/cli.ts');

	/** `a.b == 'x' && c.d != 'y'`, as the steps of the action are written. */
	const holds = (condition: string, value: (name: string) => string): boolean =>
		condition.split(' && ').every((part) => {
			const [, name = '', operator, wanted] = /^([\w.]+) (==|!=) '([^']*)'$/.exec(part) ?? [];
			if (operator === undefined) throw new Error(`not understood: ${part}`);
			return (value(name) === wanted) === (operator === '==');
		});

	const filled = (text: string, value: (name: string) => string): string =>
		text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => value(name));

	/** A repository with these files, and a clean clone of it. */
	function clone(files: Readonly<Record<string, string>>): string {
		const origin = temporaryFolder(files);
		const into = join(temporaryFolder(), 'work');
		const as = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
		for (const [folder, ...args] of [
			[origin, 'init', '--quiet'],
			[origin, 'add', '.'],
			[origin, ...as, 'commit', '--quiet', '--message', 'a'],
			[root, 'clone', '--quiet', origin, into],
		] as const)
			expect(spawnSync('git', args, { cwd: folder, encoding: 'utf8' })).toMatchObject({ status: 0 });
		return into;
	}

	/** The status of a line of the shell. */
	function shell(run: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
		const { status, stdout } = spawnSync('bash', ['-e', '-c', run], {
			cwd,
			encoding: 'utf8',
			env: { ...process.env, ...env },
		});
		return { status, stdout };
	}

	interface Outcome {
		readonly status: number | null;
		readonly log: string;
		readonly uploaded: readonly string[];
	}

	/** Runs the action's steps in a folder until one fails, with the inputs that it is given. */
	function runAction(given: Readonly<Record<string, unknown>>, work: string): Outcome {
		const { inputs, runs } = parse(read('action.yml'));
		const temporary = temporaryFolder();
		const output = join(temporary, 'output.txt');
		const value = (name: string): string => {
			const [kind, key = '', , out] = name.split('.');
			if (kind === 'inputs') return String(given[key] ?? inputs[key].default);
			return new RegExp(`^${out}=(.*)$`, 'm').exec(readFileSync(output, 'utf8'))?.[1] ?? '';
		};
		const uploaded: string[] = [];
		let log = '';
		for (const step of runs.steps) {
			if (step.if !== undefined && !holds(step.if, value)) continue;
			if (step.uses !== undefined) {
				uploaded.push(readFileSync(filled(step.with.sarif_file, value), 'utf8'));
				continue;
			}
			const own = Object.entries(step.env ?? {}).map(([key, text]) => [key, filled(String(text), value)]);
			const { status, stdout } = shell(step.run, work, {
				...Object.fromEntries(own),
				GITHUB_ACTION_PATH: root,
				GITHUB_OUTPUT: output,
				RUNNER_TEMP: temporary,
				IOCTL_LENS_PROGRAM: cli,
			});
			log += stdout;
			if (status !== 0) return { status, log, uploaded };
		}
		return { status: 0, log, uploaded };
	}

	/** Runs the job on files, and tells its status, its log and what it uploads. */
	function runJob(files: Readonly<Record<string, string>>): Outcome {
		const [job] = Object.values(blocks[0].jobs as Record<string, { steps: Step[]; permissions: object }>);
		expect(job?.permissions).toMatchObject({ 'security-events': 'write' });
		const [checkout, action] = job?.steps ?? [];
		expect([job?.steps.length, checkout?.uses, action?.uses]).toEqual([
			2,
			expect.stringMatching(/^actions\/checkout@/),
			`ioctl-lens/ioctl-lens@v${manifest.version}`,
		]);
		return runAction(action?.with ?? {}, clone(files));
	}

	test('the job fails on a clone with a finding, beside whose line it stands, and passes on one without', () => {
		const { status, log, uploaded } = runJob({ 'src/wrong.c': wrong });
		expect([status, log.match(/^::warning file=src\/wrong\.c,line=1,/m)?.length, uploaded.length]).toEqual([1, 1, 1]);
		expect(JSON.parse(uploaded[0] ?? '').runs[0].results.length).toBe(1);
		expect(runJob({ 'src/right.c': wrong.replace('&on, 2', '&on, 4') }).status).toBe(0);
	});

	test('the parts of a tree are checked and joined', () => {
		const lines: string[] = blocks
			.flatMap((block) => (Array.isArray(block) ? block : []))
			.flatMap(({ run }) => run ?? []);
		const [check = '', merge = ''] = lines;
		expect(lines.length).toBe(2);
		const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `src/${name}.c`);
		const work = clone(Object.fromEntries(names.map((name) => [name, wrong])));
		const bin = temporaryFolder({ npx: `#!/bin/sh\nshift\nexec '${process.execPath}' '${cli}' "$@"\n` });
		chmodSync(join(bin, 'npx'), 0o755);
		const env = { PATH: `${bin}:${process.env.PATH}` };
		for (const number of ['1', '2', '3', '4'])
			expect(
				shell(
					filled(check, () => number),
					work,
					env,
				).status,
			).toBe(0);
		expect(shell(merge, work, env).status).toBe(1);
		const { results } = JSON.parse(readFileSync(join(work, 'ioctl-lens.sarif'), 'utf8')).runs[0];
		expect(
			results.map((result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
				result.locations.map((at) => at.physicalLocation.artifactLocation.uri),
			),
		).toEqual(names.map((name) => [name]));
	});
});

test('the hook of pre-commit takes the files that the product reads, by names that it is given', async () => {
	const [hook] = parse(read('.pre-commit-hooks.yaml'));
	expect(hook).toMatchObject({ id: 'ioctl-lens', language: 'node' });
	const [program, ...args] = hook.entry.split(' ');
	expect(manifest.bin).toHaveProperty(program);
	const folder = temporaryFolder({ 'wrong.c': wrong, 'a.txt': '' });
	expect((await runCli(folder, [...args, 'wrong.c'])).status).toBe(1);
	expect((await runCli(folder, [...args, 'a.txt'])).status).toBe(0);
});

test('problem matchers read what check prints', async () => {
	const folder = temporaryFolder({ 'src/wrong.c': wrong });
	const { out } = await runCli(folder, ['check', 'src']);
	const [inActions] = JSON.parse(read('.github/problem-matcher.json')).problemMatcher;
	const [inEditor] = manifest.contributes.problemMatchers;
	expect(inEditor?.pattern).toEqual(inActions.pattern[0]);
	const found = out.split('\n').flatMap((line) => {
		const match = new RegExp(inActions.pattern[0].regexp).exec(line);
		return match ? [match.slice(1)] : [];
	});
	const message =
		'`SIO_RCVALL` reads a `RCVALL_VALUE` (4 bytes), but `cbInBuffer` is 2. No source says that fewer bytes work. Pass `sizeof(on)`.';
	expect(found).toEqual([['src/wrong.c', '1', '78', 'warning', message, 'input-too-small']]);
});

test.each(readdirSync(root).filter((name) => name.endsWith('.md')))('%s: what it links to exists', (name) => {
	for (const [, url = ''] of read(name).matchAll(/\]\(([^)\s]+)\)/g)) {
		const [path = '', heading] = url.split('#');
		if (/^https:/.test(path)) continue;
		const file = path === '' ? name : join(dirname(name), path);
		expect(existsSync(join(root, file))).toBe(true);
		if (heading === undefined || !file.endsWith('.md')) continue;
		const headings = Array.from(read(file).matchAll(/^#+ (.+)$/gm), ([, words = '']) =>
			words
				.toLowerCase()
				.replace(/[^\w -]/g, '')
				.replaceAll(' ', '-'),
		);
		expect(headings).toContain(heading);
	}
});
