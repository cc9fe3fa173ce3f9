/** Links in a project: followed within it, and not out of it. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompilerFacts } from '../../server/src/node/compiler/compilerFacts.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { findSources } from '../../server/src/node/files.ts';
import { leadsOut } from '../../server/src/node/links.ts';
import { runCli, temporaryFolder, WRONG } from '../support/cli.ts';

const HEADER = '#define LENGTH 4\n';

describe.runIf(process.platform === 'linux')('a link', () => {
	/** A project in `repo`, and somebody else's folder beside it. */
	const project = (files: Record<string, string> = {}) =>
		temporaryFolder({
			'repo/src/a.c': WRONG,
			'repo/shared/h.h': HEADER,
			'other/h.h': HEADER,
			'other/a.c': WRONG,
			...files,
		});

	test('to a header is followed within the repository, the open folders and the include folders', async () => {
		const folder = project({ 'repo/.git/HEAD': '' });
		const from = join(folder, 'repo/src/a.c');
		symlinkSync('../shared/h.h', join(folder, 'repo/src/in.h'));
		symlinkSync('../../other/h.h', join(folder, 'repo/src/out.h'));
		symlinkSync('../../other', join(folder, 'repo/src/away'));
		const plain = diskProject();
		expect((await plain.include('in.h', true, from))?.text).toBe(HEADER);
		expect(await plain.include('out.h', true, from)).toBeUndefined();
		expect(await plain.include('away/h.h', true, from)).toBeUndefined();
		expect((await plain.include('../shared/h.h', true, from))?.text).toBe(HEADER);
		const open = diskProject({ folders: () => [join(folder, 'other')] });
		expect((await open.include('out.h', true, from))?.text).toBe(HEADER);
		const named = diskProject({ includePath: () => [join(folder, 'other')] });
		expect((await named.include('away/h.h', true, from))?.text).toBe(HEADER);
	});

	test('without a repository stays in its own folder', async () => {
		const folder = project();
		symlinkSync('../shared/h.h', join(folder, 'repo/src/in.h'));
		expect(await diskProject().include('in.h', true, join(folder, 'repo/src/a.c'))).toBeUndefined();
	});

	test('on the way to the project does not count', async () => {
		const folder = project();
		symlinkSync('repo', join(folder, 'way'));
		const found = await diskProject().include('../shared/h.h', true, join(folder, 'way/src/a.c'));
		expect(found?.text).toBe(HEADER);
		expect(leadsOut(join(folder, 'way/src/a.c'), join(folder, 'way/src'), () => [])).toBe(false);
		expect(leadsOut(join(folder, 'none'), folder, () => [])).toBe(false);
	});

	test('to a compile_commands.json is followed within the repository', () => {
		const database = JSON.stringify([{ directory: '/', file: 'x', arguments: ['cc', '-DX=1'] }]);
		const folder = project({ 'repo/.git/HEAD': '', 'repo/build2/compile_commands.json': '', 'other/cc.json': '' });
		const file = join(folder, 'repo/src/a.c');
		const text = database.replace('"x"', JSON.stringify(file));
		for (const path of ['repo/build2/compile_commands.json', 'other/cc.json']) writeFileSync(join(folder, path), text);
		symlinkSync('../other/cc.json', join(folder, 'repo/compile_commands.json'));
		expect(new CompilerFacts().of(file)).toBeUndefined();
		mkdirSync(join(folder, 'repo/src/build'));
		symlinkSync('../../build2/compile_commands.json', join(folder, 'repo/src/build/compile_commands.json'));
		expect(new CompilerFacts().of(file)?.defines).toEqual(['X=1']);
	});

	test('in the place of a .gitignore is none', () => {
		const folder = project({ 'repo/.git/HEAD': '', 'repo/rules': 'src\n' });
		symlinkSync('rules', join(folder, 'repo/.gitignore'));
		expect(findSources(['repo'], folder).files).toContain(join(folder, 'repo/src/a.c'));
	});

	test('to a source is followed within what is checked', () => {
		const folder = project();
		symlinkSync('../../other/a.c', join(folder, 'repo/src/out.c'));
		const { files, skipped } = findSources(['repo'], folder);
		expect(files).toEqual([join(folder, 'repo/shared/h.h'), join(folder, 'repo/src/a.c')]);
		expect(skipped.map(({ path, detail }) => [path, detail])).toEqual([
			[join(folder, 'repo/src/out.c'), 'a link out of what is checked'],
		]);
		expect(findSources(['repo', 'other'], folder).files).toContain(join(folder, 'repo/src/out.c'));
	});

	test('in the place of a configuration is refused in a sentence', async () => {
		const folder = project({ 'other/config.json': '{}', 'repo/config/own.json': '{}' });
		const config = join(folder, 'repo/.ioctl-lens.json');
		symlinkSync('../other/config.json', config);
		const told = await runCli(join(folder, 'repo'), ['check', '.', '--quiet', '--format', 'json']);
		expect([told.status, told.err, JSON.parse(told.out).findings.length]).toEqual([
			2,
			`ioctl-lens: ${config}: a link out of its folder is not followed; --config takes any file\n`,
			1,
		]);
		const { status } = await runCli(join(folder, 'repo'), ['check', '.', '--config', config]);
		expect(status).toBe(1);
	});
});
