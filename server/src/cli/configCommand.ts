/** `ioctl-lens config`: what holds for a file, and which configuration says so. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { Catalog } from '../catalog/catalog.ts';
import { ownCatalog } from '../catalog/own.ts';
import { displayPath } from '../node/files.ts';
import { visible } from '../report/visible.ts';
import { settingSpecs } from '../settings.ts';
import { CONFIG_NAME, Configurations } from './config.ts';
import { fail, type Run } from './exit.ts';

interface Held {
	readonly key: string;
	readonly value: unknown;
	/** Files, the weightiest first; none for what holds unless it is set. */
	readonly from: readonly string[];
	/** Where each of one's own codes and the like is written, by name: only those that are taken. */
	readonly entries?: Readonly<Record<string, string>>;
}

/** Adds `config`. */
export function addConfigCommand(program: Command, run: Run): void {
	program
		.command('config')
		.description('show what is set for a file, and which configuration says so')
		.argument('<file>', 'which need not be there')
		.option('--config <file>', `settings of every file; otherwise those of the nearest ${CONFIG_NAME} above each`)
		.addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json']).default('text'))
		.action((file: string, flags: { readonly config?: string; readonly format: string }) => show(file, flags, run));
}

function show(name: string, flags: { readonly config?: string; readonly format: string }, run: Run): void {
	const { folder, out } = run.at;
	const configurations = new Configurations({}, flags.config === undefined ? undefined : resolve(folder, flags.config));
	const path = resolve(folder, name);
	const excluded = configurations.excludes(path);
	const held = settingSpecs.filter((spec) => spec.inFile).map((spec) => heldFor(spec, path, configurations));
	if (flags.format === 'json') {
		const settings = Object.fromEntries(held.map(({ key, ...rest }) => [key, rest]));
		out(`${JSON.stringify({ file: path, excluded, settings }, null, 2)}\n`);
	} else {
		const width = Math.max(...held.map(({ key }) => key.length));
		const lines = held.flatMap(({ key, value, from, entries }) => {
			const files = from.map((file) => displayPath(file, folder)).join(', ');
			const shown = entries ? `${Object.keys(entries).length} of one's own` : JSON.stringify(value);
			const places = Object.entries(entries ?? {}).map(
				([name, place]) => `  ${name}  (${visible(displayPath(place, folder))})\n`,
			);
			return [`${key.padEnd(width)}  ${shown}  (${visible(files) || 'default'})\n`, ...places];
		});
		out(`${visible(displayPath(path, folder))}${excluded ? ': excluded' : ''}\n${lines.join('')}`);
	}
	for (const problem of configurations.problems) run.status = fail(run, visible(problem));
}

function heldFor(
	{ key, default: initial }: (typeof settingSpecs)[number],
	path: string,
	configurations: Configurations,
): Held {
	const { values, origins, excludes, placeOf } = configurations.files(resolve(path, '..'));
	if (key === 'exclude') {
		const value = excludes.flatMap(({ patterns }) => patterns);
		return { key, value, from: excludes.map(({ file }) => file) };
	}
	const value = values[key] ?? initial;
	const held = { key, value, from: origins[key] ?? [] };
	const { catalog } = ownCatalog(Catalog.builtin, configurations.of(path));
	const isTaken: Readonly<Record<string, (name: string) => boolean>> = {
		codes: (name) => catalog.code(name)?.code.isOwn === true,
		functions: () => true,
		structs: (name) => catalog.type(name) !== Catalog.builtin.type(name),
	};
	const taken = isTaken[key];
	if (!taken || held.from.length === 0) return held;
	const names = Object.keys(value as object).filter(taken);
	return { ...held, entries: Object.fromEntries(names.map((name) => [name, placeOf(key, name) ?? ''])) };
}
