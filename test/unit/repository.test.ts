/** SARIF names the revision that was checked, as git has it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { originOf } from '../../server/src/cli/repository.ts';
import { runCli, temporaryFolder, WRONG } from '../support/cli.ts';

function git(folder: string, ...args: string[]): string {
	const as = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
	const { status, stdout, stderr } = spawnSync('git', [...as, ...args], { cwd: folder, encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
	return stdout.trim();
}

function repository(url?: string): string {
	const folder = temporaryFolder({ 'src/a.c': WRONG });
	git(folder, 'init', '--quiet', '--initial-branch', 'topic/one');
	git(folder, 'add', '.');
	git(folder, 'commit', '--quiet', '--message', 'a');
	if (url !== undefined) git(folder, 'remote', 'add', 'origin', url);
	return folder;
}

const uri = 'https://example.com/a/b.git';

test('the revision and the branch are those that git tells, however it keeps them', () => {
	const folder = repository(uri);
	const revision = git(folder, 'rev-parse', 'HEAD');
	const known = { uri, root: folder, revision, branch: 'topic/one' };
	expect(originOf(join(folder, 'src'))).toEqual(known);
	git(folder, 'pack-refs', '--all');
	expect(originOf(folder)).toEqual(known);
	const tree = join(temporaryFolder(), 'tree');
	git(folder, 'worktree', 'add', '--quiet', '-b', 'two', tree);
	expect(originOf(tree)).toEqual({ ...known, root: tree, branch: 'two' });
	git(folder, 'checkout', '--quiet', '--detach');
	expect(originOf(folder)).toEqual({ uri, root: folder, revision });
});

test.each([
	['https://user:secret@example.com/a/b.git', uri],
	['git@example.com:a/b.git', 'ssh://example.com/a/b.git'],
	['ssh://git@example.com:2222/a/b', 'ssh://example.com:2222/a/b'],
	['https://example.com/a/b.git?token=1', uri],
	['/srv/git/b.git', undefined],
	['C:\\git\\b', undefined],
	['../b', undefined],
	['ext::sh -c true', undefined],
])('of %s no more is told than where it is', (url, told) => {
	const folder = temporaryFolder({ '.git/config': `[core]\n\turl = x\n[remote "up"]\n\turl = ${url}\n` });
	expect(originOf(folder)?.uri).toBe(told);
});

test('what is no repository, has come from nowhere or is broken has no origin, or no revision', () => {
	expect(originOf(repository())).toBe(undefined);
	expect(originOf(temporaryFolder({ '.git': 'gitdir' }))).toBe(undefined);
	const config = `[remote "origin"]\nurl = ${uri}\n`;
	for (const head of ['ref: refs/heads/../../config\n', 'ref: refs/heads/none\n', 'x\n', '']) {
		const folder = temporaryFolder({ '.git/config': config, '.git/HEAD': head });
		expect(originOf(folder)).not.toHaveProperty('revision');
	}
});

test('a report says it for the folder that it starts in, and a kept one is not of another revision', async () => {
	const folder = repository(uri);
	const provenance = async (from: string, ...args: string[]) => {
		const { out } = await runCli(join(folder, from), ['check', '.', '--format', 'sarif', ...args]);
		return JSON.parse(out).runs[0].versionControlProvenance;
	};
	const revisionId = git(folder, 'rev-parse', 'HEAD');
	const told = { repositoryUri: uri, revisionId, branch: 'topic/one' };
	expect(await provenance('.', '--cache')).toEqual([{ ...told, mappedTo: { uriBaseId: '%SRCROOT%' } }]);
	expect(await provenance('src')).toEqual([{ ...told, mappedTo: { uri: `${pathToFileURL(folder).href}/` } }]);
	git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'b');
	expect((await provenance('.', '--cache'))[0].revisionId).toBe(git(folder, 'rev-parse', 'HEAD'));
	const { out } = await runCli(folder, ['check', '.', '--format', 'json']);
	expect(out).not.toContain(uri);
	writeFileSync(join(folder, '.git/config'), '');
	expect(await provenance('.', '--cache')).toBe(undefined);
});
