/** The documentation's site: every link and picture leads somewhere, nothing comes from elsewhere, the search finds. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

describe('the site', () => {
	let out: string;
	const pages = new Map<string, string>();
	const files = new Set<string>();

	beforeAll(() => {
		out = mkdtempSync(join(tmpdir(), 'ioctl-lens-site-'));
		execFileSync(process.execPath, ['packaging/docs.ts', '--out', out], { cwd: root });
		for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
			const path = name.replaceAll('\\', '/');
			files.add(path);
			if (path.endsWith('.html')) pages.set(path, readFileSync(join(out, name), 'utf8'));
		}
	});
	afterAll(() => rmSync(out, { recursive: true, force: true }));

	const written = (html: string, attribute: string): string[] =>
		Array.from(html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g')), ([, value = '']) =>
			value.replaceAll('&amp;', '&'),
		);

	test('has a page for each of the reference, and the texts', () => {
		const reference = readdirSync(join(root, 'server/docs'), { recursive: true, encoding: 'utf8' });
		const count = reference.filter((name) => name.endsWith('.md')).length;
		expect([...pages.keys()].filter((path) => path.startsWith('reference/')).length).toBe(count);
		for (const path of ['editors/neovim.html', 'index.html', 'changelog.html', 'security.html', 'support.html'])
			expect(pages.has(path)).toBe(true);
	});

	test('no link is broken, neither to a page nor to a place in one', () => {
		const broken: string[] = [];
		for (const [path, html] of pages) {
			for (const href of [...written(html, 'href'), ...written(html, 'src')]) {
				if (/^https:\/\//.test(href)) continue;
				const [file = '', anchor] = href.split('#');
				const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
				const found = anchor === undefined || written(pages.get(target) ?? '', 'id').includes(anchor);
				if (!files.has(target) || !found) broken.push(`${path}: ${href}`);
			}
		}
		expect(broken).toEqual([]);
	});

	test('links into the repository name files that it has', () => {
		const own = 'https://github.com/ioctl-lens/ioctl-lens/blob/HEAD/';
		const missing = [...pages.values()]
			.flatMap((html) => written(html, 'href'))
			.filter((href) => href.startsWith(own))
			.map((href) => decodeURI(href.slice(own.length).replace(/#.*/, '')))
			.filter((file) => !existsSync(join(root, file)));
		expect(missing).toEqual([]);
	});

	test('loads nothing from elsewhere', () => {
		for (const html of pages.values()) {
			const loaded = Array.from(
				html.matchAll(/<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]*)"/g),
				([, url]) => url,
			);
			expect(loaded.filter((url) => /^(?:[a-z]+:)?\/\//.test(url ?? ''))).toEqual([]);
		}
	});

	test.each([
		['SIO_RCVALL', 'SIO_RCVALL'],
		['sio_keepalive', 'SIO_KEEPALIVE_VALS'],
		['promiscuous monitors', 'SIO_RCVALL'],
		['rules', 'Rules'],
	])('the search for %s finds %s first', (words, title) => {
		const index = readFileSync(join(out, 'pages.js'), 'utf8');
		const search = readFileSync(join(out, 'search.js'), 'utf8');
		const found = runInNewContext(`${index}; ${search}; find(globalThis.pages, ${JSON.stringify(words)})`, {});
		expect(found[0]?.title).toBe(title);
	});

	test('the search finds nothing for nothing', () => {
		const search = readFileSync(join(out, 'search.js'), 'utf8');
		expect(runInNewContext(`${search}; find([{ title: 'a', about: '', path: 'a' }], ' ').length`, {})).toBe(0);
	});
});
