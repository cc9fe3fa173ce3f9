/** Which revision of which repository a folder holds, as git has written it down; neither git nor a network is asked. */
import { dirname, join, resolve } from 'node:path';
import { realPathOf } from '../node/disk.ts';
import { repositoryAround } from '../node/links.ts';
import { regularText } from '../node/regularFile.ts';
import type { Origin } from '../report/format.ts';

/** Larger files are not what git writes there, in bytes. */
const LARGEST = 16 * 1024 * 1024;

const REVISION = /^[\da-f]{40}(?:[\da-f]{24})?$/;

/** Of the repository around a folder; undefined where there is none, or none that has come from anywhere. */
export function originOf(folder: string): Origin | undefined {
	const root = repositoryAround(folder);
	const git = root === undefined ? undefined : gitFolder(root);
	if (root === undefined || git === undefined) return undefined;
	const common = read(join(git, 'commondir'));
	const shared = common === undefined ? git : resolve(git, common.trim());
	const uri = remoteUri(read(join(shared, 'config')) ?? '');
	if (uri === undefined) return undefined;
	const head = read(join(git, 'HEAD'))?.trim() ?? '';
	const [, ref] = /^ref: (\S+)$/.exec(head) ?? [];
	const revision = ref === undefined ? head : revisionOf(ref, git, shared);
	const [, branch] = /^refs\/heads\/(.+)$/.exec(ref ?? '') ?? [];
	return {
		uri,
		root: realOr(root),
		...(revision !== undefined && REVISION.test(revision) ? { revision } : {}),
		...(branch === undefined || branch === '.invalid' ? {} : { branch }),
	};
}

const read = (path: string): string | undefined => regularText(path, LARGEST);

function realOr(path: string): string {
	try {
		return realPathOf(path);
	} catch {
		return path;
	}
}

/** Of a further work tree and of a submodule it lies elsewhere. */
function gitFolder(root: string): string | undefined {
	const place = join(root, '.git');
	const text = read(place);
	if (text === undefined) return place;
	const [line = ''] = text.split(/\r?\n/);
	return line.startsWith('gitdir: ') ? resolve(dirname(place), line.slice('gitdir: '.length)) : undefined;
}

function revisionOf(ref: string, git: string, shared: string): string | undefined {
	// A name from a file is no way out of the folder.
	if (!ref.startsWith('refs/') || ref.split(/[\\/]/).includes('..')) return undefined;
	const loose = (read(join(git, ref)) ?? read(join(shared, ref)))?.trim();
	if (loose !== undefined) return loose;
	const packed = read(join(shared, 'packed-refs')) ?? '';
	const line = packed.split('\n').find((each) => each.trim().endsWith(` ${ref}`));
	return line?.slice(0, line.indexOf(' '));
}

/** Of `origin`, or of the one remote that there is. */
function remoteUri(config: string): string | undefined {
	const remotes = new Map<string, string>();
	let remote: string | undefined;
	for (const line of config.split(/\r?\n/)) {
		const plain = line.trim();
		if (plain.startsWith('[')) remote = /^\[remote "([^"]{1,200})"\]/.exec(plain)?.[1];
		const [key = '', value = ''] = plain.split('=', 2).map((part) => part.trim());
		const url = key === 'url' ? value.replace(/^"|"$/g, '') : undefined;
		if (url !== undefined && remote !== undefined && !remotes.has(remote)) remotes.set(remote, url);
	}
	const [only] = remotes.size === 1 ? remotes.values() : [];
	return publicUri(remotes.get('origin') ?? only);
}

/** Without whoever may fetch from it; undefined for a folder of this machine. */
function publicUri(url: string | undefined): string | undefined {
	const [, host, path] = /^(?:[^@\s/:]+@)?([\w.-]{2,}):(?!\/\/)(\S+)$/.exec(url ?? '') ?? [];
	const written = host === undefined || path === undefined ? url : `ssh://${host}/${path.replace(/^\/+/, '')}`;
	if (written === undefined || !URL.canParse(written)) return undefined;
	const uri = new URL(written);
	if (!/^(?:https?|ssh|git):$/.test(uri.protocol)) return undefined;
	uri.username = '';
	uri.password = '';
	uri.search = '';
	uri.hash = '';
	return uri.href;
}
