import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BACKENDS } from '../../native/src/plan.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import {
	DEFAULTS,
	manifestConfiguration,
	manifestTexts,
	readSettings,
	restrictedSettings,
	SECTION,
	settingSpecs,
} from '../../server/src/settings.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('the manifest', () => {
	const manifest = read('package.json');

	test('offers exactly the settings of the table', () => {
		expect(manifest.contributes.configuration).toEqual(JSON.parse(JSON.stringify(manifestConfiguration())));
		expect(Object.keys(manifest.contributes.configuration.properties)).toEqual(
			settingSpecs.map((spec) => `${SECTION}.${spec.key}`),
		);
	});

	test('offers every backend of live runs', () => {
		const { enum: offered } = manifest.contributes.configuration.properties['ioctlLens.run.backend'];
		expect(offered).toEqual(['auto', ...BACKENDS]);
	});

	test('restricts exactly what the table restricts', () => {
		expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(restrictedSettings());
	});

	test('has a text for every key that the block refers to, and no text more', () => {
		const texts = read('package.nls.json') as Record<string, string>;
		const block = JSON.stringify(manifest.contributes.configuration);
		const wanted = [...block.matchAll(/"%([^%"]+)%"/g)].map((m) => m[1]!);
		expect(
			Object.keys(texts)
				.filter((key) => key.startsWith('configuration.'))
				.sort(),
		).toEqual([...new Set(wanted)].sort());
		for (const [key, text] of Object.entries(manifestTexts())) expect([key, texts[key]]).toEqual([key, text]);
	});

	test('offers every rule with its own severity', () => {
		const { properties } = manifest.contributes.configuration.properties['ioctlLens.rules'];
		expect(Object.keys(properties)).toEqual(rules.map((rule) => rule.id).sort());
	});
});

describe('settings', () => {
	test('that nobody set are the defaults', () => {
		for (const nothing of [undefined, null, {}]) {
			expect(readSettings(nothing)).toEqual({ settings: DEFAULTS, problems: [] });
		}
		expect(DEFAULTS).toEqual({
			codeLens: true,
			runLens: true,
			correctSizesLens: true,
			hover: true,
			inlayCodes: false,
			inlaySizes: false,
			inlayArguments: false,
			semanticTokens: false,
			targets: ['x86', 'x64', 'arm64'],
			rules: {},
			exclude: [],
			functions: {},
			includePath: [],
			maxFileSize: 16777216,
		});
	});

	test('are read from nested objects and from dotted keys', () => {
		const expected = {
			settings: {
				codeLens: false,
				runLens: false,
				correctSizesLens: false,
				hover: false,
				inlayCodes: false,
				inlaySizes: false,
				inlayArguments: false,
				semanticTokens: false,
				targets: ['x64'],
				rules: { 'input-too-small': 'hint', 'sizeof-pointer': 'off' },
				exclude: ['third_party/**'],
				functions: { my_ioctl: 'WSAIoctl' },
				includePath: ['include'],
				maxFileSize: 1000,
				minWindows: '10.0.17763',
			},
			problems: [],
		};
		const flat = {
			target: 'x64',
			rules: { 'input-too-small': 'hint', 'sizeof-pointer': 'off' },
			exclude: ['third_party/**'],
			functions: { my_ioctl: 'WSAIoctl' },
			includePath: ['include'],
			maxFileSize: 1000,
			minWindows: '10.0.17763',
			trace: { server: 'verbose' },
		};
		const switches = ['codeLens', 'runLens', 'correctSizesLens', 'hover'];
		const nested = Object.fromEntries(switches.map((name) => [name, { enable: false }]));
		const dotted = Object.fromEntries(switches.map((name) => [`${name}.enable`, false]));
		expect(readSettings({ ...flat, ...nested })).toEqual(expected);
		expect(readSettings({ ...flat, ...dotted })).toEqual(expected);
	});

	test('that are null count as not set', () => {
		const raw = Object.fromEntries(settingSpecs.map((spec) => [spec.key, null]));
		expect(readSettings(raw)).toEqual({ settings: DEFAULTS, problems: [] });
	});

	test.each<[string, unknown, string]>([
		['codeLens.enable', 'yes', 'codeLens.enable has to be true or false.'],
		['hover.enable', 1, 'hover.enable has to be true or false.'],
		['target', 'mips', 'target has to be all, x86, x64 or arm64.'],
		['target', ['x86'], 'target has to be all, x86, x64 or arm64.'],
		['rules', [], 'rules has to be an object of rule ids and severities.'],
		['rules', { 'no-such-rule': 'off' }, 'rules: no rule is called "no-such-rule".'],
		['rules', { 'input-too-small': 'fatal' }, 'rules: input-too-small has to be off, hint, info, warning or error.'],
		[
			'rules',
			{ 'input-too-small': { toString: 1 } },
			'rules: input-too-small has to be off, hint, info, warning or error.',
		],
		['rules', JSON.parse('{"__proto__":"off"}'), 'rules: no rule is called "__proto__".'],
		['rules', { constructor: 'off' }, 'rules: no rule is called "constructor".'],
		['rules', { ['x\n'.repeat(50)]: 'off' }, `rules: no rule is called "${'x\\n'.repeat(20)}…".`],
		['exclude', '**', 'exclude has to be a list of texts.'],
		['exclude', ['*a*b*c*d'], 'exclude: "*a*b*c*d" has more than 3 `*` in one part.'],
		['exclude', [1], 'exclude: every entry has to be a text of at most 500 characters.'],
		['exclude', ['a'.repeat(501)], 'exclude: every entry has to be a text of at most 500 characters.'],
		['includePath', ['a\0b'], 'includePath: every entry has to be a text of at most 500 characters.'],
		['functions', 'f', 'functions has to be an object of names and entry points.'],
		['functions', { 'a b': 'WSAIoctl' }, 'functions: "a b" is no name of a function.'],
		[
			'functions',
			JSON.parse('{"__proto__":"no"}'),
			'functions: __proto__ has to be ioctlsocket, NSPIoctl, WSAIoctl, WSANSPIoctl, WskControlSocket or WSPIoctl.',
		],
		['maxFileSize', -1, 'maxFileSize has to be a whole number from 0 to 67108864.'],
		['maxFileSize', 1.5, 'maxFileSize has to be a whole number from 0 to 67108864.'],
		['maxFileSize', '9', 'maxFileSize has to be a whole number from 0 to 67108864.'],
		['maxFileSize', Number.NaN, 'maxFileSize has to be a whole number from 0 to 67108864.'],
		['minWindows', 10, 'minWindows has to be a version such as 10.0.17763.'],
		['minWindows', '10.0.x', 'minWindows has to be a version such as 10.0.17763.'],
		['minWindows', `${'1'.repeat(30)}.0`, 'minWindows has to be a version such as 10.0.17763.'],
	])('%s: %j is told and the default holds', (key, value, problem) => {
		const { settings, problems } = readSettings({ [key]: value });
		expect(settings).toEqual(DEFAULTS);
		expect(problems).toEqual([problem]);
	});

	test('that are no object are told', () => {
		for (const raw of ['text', 7, true, ['a']]) {
			expect(readSettings(raw)).toEqual({ settings: DEFAULTS, problems: ['The settings are not an object.'] });
		}
	});

	test('keep what is right beside what is wrong', () => {
		expect(readSettings({ exclude: ['a', 1, 'b'], rules: { x: 'off', 'wrong-struct': 'info' } }).settings).toEqual({
			...DEFAULTS,
			exclude: ['a', 'b'],
			rules: { 'wrong-struct': 'info' },
		});
	});

	test('larger than anybody needs are cut', () => {
		expect(readSettings({ maxFileSize: 1e300 }).settings.maxFileSize).toBe(67108864);
		const many = readSettings({ exclude: Array.from({ length: 100_000 }, (_, i) => `f${i}`) });
		expect(many.settings.exclude.length).toBe(500);
		expect(many.problems).toEqual(['exclude has more than 500 entries; the others are ignored.']);
		const functions = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, 'WSAIoctl']));
		expect(Object.keys(readSettings({ functions }).settings.functions).length).toBe(200);
		const wrong = readSettings({ exclude: Array.from({ length: 400 }, () => 1) });
		expect(wrong.problems.length).toBe(20);
	});

	test('of the table have the default that the reader uses', () => {
		for (const spec of settingSpecs) {
			const nested = spec.key.split('.').reduceRight<unknown>((value, key) => ({ [key]: value }), spec.default);
			expect(readSettings(nested)).toEqual({ settings: DEFAULTS, problems: [] });
		}
	});
});
