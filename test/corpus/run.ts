/**
 * Measures the engine on labelled calls of public projects: `npm run corpus -- [FOLDER [SITES]]`. Not part of the tests: it
 * fetches Debian's source packages (a machine with apt and a deb-src line is needed) into FOLDER, default `.tools/corpus`.
 *
 * The labels are `sites.json`, or the file SITES: what somebody has read of each call, and where. Projects that Debian does
 * not have are compared where a checkout lies in FOLDER/git/owner+name. The calls that are right are then broken in every
 * way that the tests know, and what is not reported is told.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { IoctlCall } from '../../server/src/calls/model.ts';
import { Checker } from '../../server/src/check/check.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { type Conformance, conformance } from './conformance.ts';
import { CallMutants } from './mutants.ts';

interface Site {
	readonly id: string;
	readonly repo: string;
	readonly path: string;
	readonly line: number;
	/** A call, unless it says otherwise. */
	readonly kind?: 'call' | 'declaration';
	readonly lang?: string;
	readonly callee?: string;
	readonly code?: string;
	readonly in_size?: unknown;
	readonly out_size?: unknown;
	readonly label: 'correct' | 'bug' | 'suspicious' | 'not-resolvable-locally' | 'not-a-call';
	readonly intentional?: boolean;
	readonly reason: string;
}

const root = resolve(import.meta.dirname, '../..');
const labels = process.argv[3] ?? join(import.meta.dirname, 'sites.json');
const sites: readonly Site[] = JSON.parse(readFileSync(labels, 'utf8')).sites;
const folder = resolve(process.argv[2] ?? join(root, '.tools/corpus'));
mkdirSync(join(folder, 'git'), { recursive: true });

/** Folder of a repository's sources, fetched when it is a Debian package that is not there yet. */
function sources(repo: string): string | undefined {
	const debian = /^debian:(.+)$/.exec(repo)?.[1];
	if (!debian) {
		const checkout = join(folder, 'git', repo.replace('/', '+'));
		return existsSync(checkout) ? checkout : undefined;
	}
	const unpacked = () =>
		readdirSync(folder, { withFileTypes: true }).find(
			(e) => e.isDirectory() && (e.name.startsWith(`${debian}-`) || e.name === `Python-${/\d.*/.exec(debian)?.[0]}`),
		)?.name;
	let name = unpacked();
	if (!name) {
		try {
			execFileSync('apt-get', ['source', '-qq', debian], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
		} catch (error) {
			console.log(
				`${repo}: not fetched (${String((error as { stderr?: Buffer }).stderr ?? error)
					.trim()
					.split('\n')
					.at(-1)})`,
			);
		}
		name = unpacked();
	}
	return name && join(folder, name);
}

const tally = {
	sites: 0,
	found: 0,
	moved: 0,
	missing: 0,
	notCalls: 0,
	takenForCalls: 0,
	named: 0,
	codes: 0,
	selected: 0,
	followed: 0,
	sizes: 0,
	right: 0,
	wrong: 0,
	correct: 0,
	falseAlarms: 0,
	bugs: 0,
	reported: 0,
};
const notes: string[] = [];
/** Wine's conformance test asserts what Windows answers. */
const CONFORMANCE = 'dlls/ws2_32/tests/sock.c';
let conformant: Conformance | undefined;
const mutants = new CallMutants();
const checker = new Checker(nodeEngine(import.meta.dirname), diskProject());
const byFile = new Map<string, (typeof sites)[number][]>();
for (const site of sites.filter((s) => s.lang !== 'ts')) {
	const key = `${site.repo}\n${site.path}`;
	byFile.set(key, [...(byFile.get(key) ?? []), site]);
}

for (const [key, labelled] of byFile) {
	const [repo, path] = key.split('\n') as [string, string];
	const place = sources(repo);
	const file = place && join(place, path);
	if (!file || !existsSync(file)) {
		notes.push(`not here: ${repo} ${path} (${labelled.length} sites)`);
		continue;
	}
	const text = readFileSync(file, 'latin1');
	const result = await checker.check({ name: file, text });
	if (!result) continue;
	const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
	if (path === CONFORMANCE) conformant = conformance(text, result);
	const calls = result.calls
		.filter((c) => c.through === undefined)
		.map((call) => ({ call, line: lineOf(call.calleeSpan.start) }));
	const right = new Set<IoctlCall>();
	for (const site of labelled) {
		const where = `${basename(repo)} ${path}:${site.line}`;
		// A patched release may have the call some lines away.
		const own = calls.filter(
			(c) =>
				c.line === site.line ||
				(Math.abs(c.line - site.line) < 20 &&
					c.call.callee === site.callee &&
					!labelled.some((s) => s.line === c.line)),
		);
		const call = (own.find((c) => c.line === site.line) ?? (isCall(site) ? own[0] : undefined))?.call;
		if (!isCall(site)) {
			tally.notCalls++;
			if (call) {
				tally.takenForCalls++;
				notes.push(`taken for a call: ${where} (${site.reason})`);
			}
			continue;
		}
		tally.sites++;
		if (!call) {
			// Another release of a package has the call on another line, or not at all.
			const word = site.path.endsWith('.h') || !text.split('\n')[site.line - 1]?.includes('octl');
			tally[word ? 'moved' : 'missing']++;
			notes.push(`${word ? 'no call on this line in this release' : 'missing'}: ${where} (${site.reason})`);
			continue;
		}
		tally.found++;
		if (site.label === 'correct') right.add(call);
		judge(
			site,
			call,
			where,
			result.findings
				.filter((f) => f.call === call && (f.severity === 'error' || f.severity === 'warning'))
				.map((f) => `${f.rule}: ${f.message}`),
		);
	}
	await mutants.try(checker, file, text, result, (call) => right.has(call));
}

function isCall({ kind = 'call', label }: Site): boolean {
	return kind === 'call' && label !== 'not-a-call';
}

function judge(site: Site, call: IoctlCall, where: string, findings: readonly string[]): void {
	judgeCode(site, call, where);
	judgeSizes(site, call, where);
	judgeFindings(site, where, findings);
}

function judgeCode(site: Site, call: IoctlCall, where: string): void {
	if (/^(?:SIO|FIO)[A-Z_0-9]*$/.test(site.code ?? '')) {
		const named = call.code.name !== undefined;
		tally[named ? 'named' : 'selected']++;
		const entry = call.code.entry;
		if (entry && (entry.name === site.code || entry.aliases?.some((a) => a.name === site.code)))
			tally[named ? 'codes' : 'followed']++;
		else notes.push(`code: ${where} is ${site.code}, read as ${call.code.text}`);
	}
}

function judgeSizes(site: Site, call: IoctlCall, where: string): void {
	for (const [side, size] of [
		['input', site.in_size],
		['output', site.out_size],
	] as const) {
		if (typeof size !== 'number') continue;
		tally.sizes++;
		const length = call[side]?.length;
		if (length?.kind !== 'known') continue;
		if (length.values.some((v) => v.x64 === size)) tally.right++;
		else {
			tally.wrong++;
			notes.push(`size: ${where} ${side} is ${size}, read as ${length.values.map((v) => v.x64).join(' or ')}`);
		}
	}
}

function judgeFindings(site: Site, where: string, findings: readonly string[]): void {
	if (site.label === 'correct') {
		tally.correct++;
		if (findings.length > 0) {
			tally.falseAlarms++;
			notes.push(`false alarm: ${where} (${site.reason})\n    ${findings.join('\n    ')}`);
		}
	}
	if (site.label === 'bug') {
		tally.bugs++;
		if (findings.length > 0) tally.reported++;
		else notes.push(`bug not reported: ${where} (${site.reason}${site.intentional ? '; on purpose' : ''})`);
	}
}

checker.dispose();
const share = (part: number, whole: number) =>
	`${part} of ${whole}${whole ? ` (${((100 * part) / whole).toFixed(1)} %)` : ''}`;
const report = [
	...notes,
	'',
	`calls found        ${share(tally.found, tally.sites - tally.moved)}; ${tally.moved} sites are elsewhere in this release`,
	`no calls           ${share(tally.notCalls - tally.takenForCalls, tally.notCalls)} left alone`,
	`codes named        ${share(tally.codes, tally.named)}; ${tally.followed} of ${tally.selected} that a variable holds`,
	`sizes right        ${share(tally.right, tally.sizes)}, ${tally.wrong} wrong`,
	`false alarms       ${share(tally.falseAlarms, tally.correct)}`,
	`bugs reported      ${share(tally.reported, tally.bugs)}`,
	'',
	...mutants.report(),
	'',
	...(conformant ? [`${CONFORMANCE}:`, ...conformant.report] : []),
].join('\n');
console.log(report);
writeFileSync(join(folder, 'report.txt'), `${report}\n`);
process.exitCode = tally.falseAlarms + tally.wrong + tally.takenForCalls > 0 || conformant?.whole === false ? 1 : 0;
