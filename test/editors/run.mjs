// Tests other editors with exactly the configuration that their pages print. Usage: node test/editors/run.mjs
// Exit status: 0 all passed, 1 a check failed, 77 an editor is missing (it is named).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from '../../packaging/stage.ts';
import { cannotRun, Report } from '../host/lib/report.mjs';
import { desktopServer } from '../web/lib/desktop.mjs';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const patience = 60_000;

const word = 'SIO_KEEPALIVE_VALS';
const mended = '	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n, NULL, NULL);';
const settings = { ioctlLens: { target: 'x64' } };

/** The nth block of a language on a page below a heading; the heading is part of what users look for. */
async function block(page, language, heading) {
	const text = await readFile(path.join(root, 'docs/editors', page), 'utf8');
	const section = text.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? '';
	const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(section)?.[1];
	if (!found) throw new Error(`${page} has no block of ${language} below "${heading}"`);
	return found;
}

/** Where Debian puts what editors load. */
const ale = '/usr/share/vim-ale';
const elpa = '/usr/share/emacs/site-lisp/elpa-src';

const driver = (name) => path.join(here, name);

/** How each editor is started. Its configuration is written to `config`; `file` is what is opened. */
const editors = [
	{
		name: 'Neovim',
		program: 'nvim',
		page: ['neovim.md', 'lua', '0.7 to 0.10'],
		config: 'init.lua',
		args: (config, file) => ['--headless', '-n', '-u', config, '-c', `luafile ${driver('nvim.lua')}`, file],
	},
	{
		name: 'Emacs with Eglot',
		program: 'emacs',
		page: ['emacs.md', 'elisp', 'Eglot'],
		config: 'eglot.el',
		args: (config) => ['--batch', '-l', driver('common.el'), '-l', config, '-l', driver('eglot.el')],
	},
	{
		name: 'Emacs with lsp-mode',
		program: 'emacs',
		page: ['emacs.md', 'elisp', 'lsp-mode'],
		config: 'lsp-mode.el',
		args: (config) => ['--batch', '-l', driver('common.el'), '-l', config, '-l', driver('lspmode.el')],
	},
	{
		name: 'Vim with ALE',
		program: 'vim',
		page: ['vim.md', 'vim', 'Vim with ALE'],
		config: 'vimrc',
		// What loads ALE, and where its hover is shown.
		before: `set nocompatible\nset runtimepath^=${ale}\nfiletype plugin on\nlet g:ale_hover_to_preview = 1\nruntime plugin/ale.vim\n`,
		args: (config) => ['--not-a-term', '-n', '-i', 'NONE', '-u', config, '-S', driver('ale.vim')],
	},
];

/** Letters and digits: every editor has its own way to show Markdown, and none shows what a block of code is in. */
const letters = (text) =>
	String(text)
		.replace(/^```\w*$/gm, '')
		.replace(/[^A-Za-z0-9]/g, '');

function start(program, args, options) {
	return new Promise((resolve) => {
		const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text) => (output += text));
		const stop = setTimeout(() => child.kill('SIGKILL'), patience);
		child.on('error', (error) => (output += error.message));
		child.on('close', () => {
			clearTimeout(stop);
			resolve(output);
		});
	});
}

/** Starts an editor on a wrong file of its own; what its driver said, by name, and what it printed. */
async function drive(editor, work, expected) {
	const folder = path.join(work, editor.config.replace(/\W/g, '-'));
	await mkdir(path.join(folder, 'project/.git'), { recursive: true });
	const file = path.join(folder, 'project/wrong.c');
	await cp(driver('wrong.c'), file);
	const config = path.join(folder, editor.config);
	await writeFile(config, (editor.before ?? '') + (await block(...editor.page)));
	const results = path.join(folder, 'results');
	const output = await start(editor.program, editor.args(config, file), {
		cwd: path.join(folder, 'project'),
		env: {
			...process.env,
			...{ PATH: `${path.join(work, 'bin')}${path.delimiter}${process.env.PATH}`, HOME: folder, TERM: 'dumb' },
			...{ XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder },
			...{ LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
			EDITOR_RESULTS: results,
			EDITOR_FILE: file,
			EDITOR_WORD: word,
			EDITOR_MESSAGE: expected.findings[0].message,
		},
	});
	const lines = existsSync(results) ? (await readFile(results, 'utf8')).split('\n').filter(Boolean) : [];
	return { said: Object.fromEntries(lines.map((line) => JSON.parse(line))), output };
}

async function test(editor, work, expected, report) {
	const { said, output } = await drive(editor, work, expected);
	const compare = (what, is, wanted) => {
		if (isDeepStrictEqual(is, wanted)) report.ok(`${editor.name} ${what}`);
		else
			report.notOk(
				`${editor.name} ${what}`,
				`${JSON.stringify(is)}\nand not\n${JSON.stringify(wanted)}\n${output.slice(0, 1500)}`,
			);
	};
	const findings = expected.findings.map(({ range, message }) => ({ line: range.start.line, message }));
	compare('shows the finding', said.findings, findings);
	compare('explains the code', letters(said.hover), letters(expected.hovers[0].text));
	compare('applies the fix', said.line, mended);
	compare('shows nothing then', said.left, 0);
}

async function main() {
	const missing = editors.filter(({ program }) =>
		(process.env.PATH ?? '').split(path.delimiter).every((folder) => !existsSync(path.join(folder, program))),
	);
	const extensions = existsSync(elpa) ? await readdir(elpa) : [];
	const absent = [
		...missing.map(({ program }) => program),
		...(existsSync(ale) ? [] : [ale]),
		...['eglot', 'lsp-mode'].filter((name) => !extensions.some((folder) => folder.startsWith(`${name}-`))),
	];
	if (absent.length > 0) {
		console.log(`# cannot run: missing are ${[...new Set(absent)].join(', ')}`);
		return cannotRun;
	}
	const work = await mkdtemp(path.join(os.tmpdir(), 'ioctl-lens-editors-'));
	const report = new Report('editors');
	try {
		// The command as `npm install -g` makes it.
		await mkdir(path.join(work, 'bin'));
		const dist = path.join(work, 'dist');
		await build(dist);
		const command = path.join(work, 'bin/ioctl-lens');
		await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${path.join(dist, 'cli.cjs')}' "$@"\n`);
		await chmod(command, 0o755);
		const server = await desktopServer(path.join(dist, 'server.cjs'), here, settings);
		const expected = await server.of('wrong.c', [word]);
		await server.stop();
		for (const editor of editors) await test(editor, work, expected, report);
	} finally {
		await rm(work, { recursive: true, force: true, maxRetries: 5 });
	}
	return report.finish();
}

process.exitCode = await main();
