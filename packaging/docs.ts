/**
 * The documentation as a static site: the pages of the reference and the texts of the repository, with a search that runs
 * in the browser. Usage: npm run docs [-- --out FOLDER]
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Marked } from 'marked';
import manifest from '../package.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '..');
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');

interface Page {
	/** The file in the repository. */
	readonly source: string;
	/** Where it is in the site. */
	readonly path: string;
	readonly title: string;
	/** Its first sentence. */
	readonly about: string;
	readonly html: string;
}

/** The texts beside the reference. */
const TEXTS: ReadonlyMap<string, string> = new Map([
	['README.md', 'index.html'],
	['CHANGELOG.md', 'changelog.html'],
	['CONTRIBUTING.md', 'contributing.html'],
	['SECURITY.md', 'security.html'],
	['SUPPORT.md', 'support.html'],
]);

const NAVIGATION = [
	['index.html', 'IOCTL Lens'],
	['reference/index.html', 'Reference'],
	['reference/rules.html', 'Rules'],
	['security.html', 'Security'],
	['support.html', 'Support'],
] as const;

const REFERENCE = 'server/docs';
/** Pages that are written by hand. */
const WRITTEN = 'docs';

const escaped = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The anchor that GitHub gives to a heading. */
const slug = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');

/** Where a file of the repository is in the site; undefined for one that is no page. */
function placeOf(file: string): string | undefined {
	if (file.startsWith(`${REFERENCE}/`) && file.endsWith('.md'))
		return `reference/${file.slice(REFERENCE.length + 1).replace(/\.md$/, '.html')}`;
	if (file.startsWith(`${WRITTEN}/`) && file.endsWith('.md'))
		return file.slice(WRITTEN.length + 1).replace(/\.md$/, '.html');
	if (file.startsWith('.github/pictures/')) return file.replace('.github/', '');
	return TEXTS.get(file);
}

/** An address in a page: of another page, of a picture, or of a file in the repository. */
function address(href: string, page: string, place: string): string {
	if (/^[a-z]+:|^#/.test(href)) return href;
	const [file = '', anchor] = href.split('#');
	const target = path.posix.normalize(path.posix.join(path.posix.dirname(page), file));
	const to = placeOf(target);
	const hash = anchor === undefined ? '' : `#${anchor}`;
	if (to === undefined) return `${repository}/blob/HEAD/${target}${hash}`;
	return path.posix.relative(path.posix.dirname(place), to) + hash;
}

function render(source: string, text: string): Page {
	const place = placeOf(source) ?? '';
	const marked = new Marked({ gfm: true });
	marked.use({
		renderer: {
			heading({ tokens, depth, text: words }) {
				return `<h${depth} id="${escaped(slug(words))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
			},
			link({ href, tokens }) {
				return `<a href="${escaped(address(href, source, place))}">${this.parser.parseInline(tokens)}</a>`;
			},
			image({ href, text: words }) {
				return `<img src="${escaped(address(href, source, place))}" alt="${escaped(words)}">`;
			},
		},
	});
	const title = /^# (.+)$/m.exec(text)?.[1] ?? source;
	const about = text.split(/\n{2,}/).find((part) => /^[\p{L}`*[]/u.test(part)) ?? '';
	const plain = about
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/[`*]/g, '')
		.replace(/\s+/g, ' ');
	return { source, path: place, title, about: plain.slice(0, 200), html: marked.parse(text, { async: false }) };
}

function document({ title, path: place, html }: Page): string {
	const base = '../'.repeat(place.split('/').length - 1);
	const links = NAVIGATION.map(([to, words]) => `<a href="${base}${to}">${words}</a>`).join(' ');
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}${title === 'IOCTL Lens' ? '' : ' · IOCTL Lens'}</title>
<link rel="stylesheet" href="${base}style.css">
<body data-root="${base}">
<header>${links}<form role="search"><input id="search" type="search" placeholder="Search" aria-label="Search"><ul id="found"></ul></form></header>
<main>
${html}</main>
<script src="${base}pages.js"></script>
<script src="${base}search.js"></script>
</body>
</html>
`;
}

async function sources(): Promise<string[]> {
	const pages: string[] = [];
	for (const folder of [WRITTEN, REFERENCE]) {
		const names = await readdir(path.join(root, folder), { recursive: true });
		for (const name of names) if (name.endsWith('.md')) pages.push(`${folder}/${name.replaceAll('\\', '/')}`);
	}
	return [...TEXTS.keys(), ...pages.sort()];
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = path.resolve(values.out ?? path.join(root, 'site'));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const pages: Page[] = [];
for (const source of await sources()) pages.push(render(source, await readFile(path.join(root, source), 'utf8')));
for (const page of pages) {
	const to = path.join(out, page.path);
	await mkdir(path.dirname(to), { recursive: true });
	await writeFile(to, document(page));
}
const index = pages.map(({ title, about, path: place }) => ({ title, about, path: place }));
await writeFile(path.join(out, 'pages.js'), `globalThis.pages = ${JSON.stringify(index)};\n`);
for (const file of ['style.css', 'search.js'])
	await cp(path.join(import.meta.dirname, 'site', file), path.join(out, file));
await cp(path.join(root, '.github/pictures'), path.join(out, 'pictures'), { recursive: true });
console.log(`${path.relative(root, out) || out}: ${pages.length} pages`);
