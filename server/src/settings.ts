/**
 * Every setting of the product: one table that the reader, the manifest's `contributes.configuration` and the
 * manifest's texts are made from. Values come from files that anybody may have written, so nothing is trusted.
 */

import type { ApiId } from './catalog/api.ts';
import { apis } from './catalog/functions.generated.ts';
import { rules } from './rules/index.generated.ts';
import type { Rule, Severity } from './rules/rule.ts';
import { TARGETS, type Target } from './types/ctype.ts';
import { LONGEST_PATTERN, patternProblem } from './workspace/exclude.ts';

/** What a setting is, in the words of the manifest's JSON schema. */
export type SettingSpec = {
	/** Below `ioctlLens.`. */
	readonly key: string;
	/** `resource`: may differ for each folder. `window`: read by the client. `machine`: likewise, and no folder may set it. */
	readonly scope: 'resource' | 'window' | 'machine';
	readonly description: string;
	/** Not read from a folder that the user has not trusted. */
	readonly restricted?: true;
} & (
	| { readonly type: 'boolean'; readonly default: boolean }
	| { readonly type: 'choice'; readonly default: string; readonly choices: Readonly<Record<string, string>> }
	| { readonly type: 'integer'; readonly default: number; readonly minimum: number; readonly maximum: number }
	| { readonly type: 'text'; readonly default: string; readonly pattern: string }
	| { readonly type: 'texts'; readonly default: readonly string[] }
	/** Severities by rule id. */
	| { readonly type: 'severities'; readonly default: Readonly<Record<string, never>> }
	/** Entry points by the name of the user's function. */
	| { readonly type: 'functions'; readonly default: Readonly<Record<string, never>> }
);

const MEBIBYTE = 1024 * 1024;

/** In the order of the settings page. */
export const settingSpecs = [
	{
		key: 'codeLens.enable',
		type: 'boolean',
		default: true,
		scope: 'resource',
		description:
			'Show a code lens above every I/O control call, with its control code and both buffer sizes. The lens needs `#editor.codeLens#` as well.',
	},
	{
		key: 'runLens.enable',
		type: 'boolean',
		default: true,
		scope: 'resource',
		description:
			'Show a code lens that runs the call, where the workspace is trusted. The command "Run Call at Cursor" needs no lens.',
	},
	{
		key: 'correctSizesLens.enable',
		type: 'boolean',
		default: true,
		scope: 'resource',
		description:
			'Where the sizes of a call are wrong, show a second code lens that runs it with the correct ones. The command "Run Call at Cursor with Correct Sizes" needs no lens.',
	},
	{
		key: 'hover.enable',
		type: 'boolean',
		default: true,
		scope: 'resource',
		description: 'Explain a control code when the pointer rests on it.',
	},
	{
		key: 'target',
		type: 'choice',
		default: 'all',
		scope: 'resource',
		description: 'The Windows targets a call is checked for. Pointers and handles change the size of some structures.',
		choices: {
			all: 'Every target; a finding that holds on some only names them.',
			x86: '32-bit Windows on Intel processors.',
			x64: '64-bit Windows on Intel processors.',
			arm64: '64-bit Windows on ARM processors.',
		},
	},
	{
		key: 'rules',
		type: 'severities',
		scope: 'resource',
		restricted: true,
		default: {},
		description: 'Overrides the severity of single rules, by rule id. `off` silences a rule.',
	},
	{
		key: 'exclude',
		type: 'texts',
		default: [],
		scope: 'resource',
		restricted: true,
		description:
			'Glob patterns of files that are not checked, relative to the workspace folder. A pattern without a slash matches at any depth, and one that matches a folder excludes all that is in it. The command line has its own list in `.ioctl-lens.json`.',
	},
	{
		key: 'maxFileSize',
		type: 'integer',
		default: 4 * MEBIBYTE,
		minimum: 0,
		maximum: 64 * MEBIBYTE,
		scope: 'resource',
		restricted: true,
		description: 'Files larger than this many bytes are not checked.',
	},
	{
		key: 'minWindows',
		type: 'text',
		default: '',
		pattern: '^(\\d{1,5}(\\.\\d{1,5}){0,3})?$',
		scope: 'resource',
		description:
			'The oldest Windows version the program must run on, such as `10.0.17763`. A control code that needs a newer one is reported. Empty: any version will do.',
	},
	{
		key: 'functions',
		type: 'functions',
		default: {},
		scope: 'resource',
		description:
			'Functions of your own that take the same arguments as an entry point, such as `{ "my_ioctl": "WSAIoctl" }`. Their calls are checked too.',
	},
	{
		key: 'includePath',
		type: 'texts',
		default: [],
		scope: 'resource',
		restricted: true,
		description:
			'Folders in which included headers are looked for, absolute or relative to the workspace folder. A file beside the including one is found without it, and so are the folders that a `compile_commands.json` names.',
	},
	{
		key: 'run.backend',
		type: 'choice',
		default: 'auto',
		scope: 'machine',
		description: 'What carries out live runs on this machine.',
		choices: {
			auto: 'Winsock on Windows, and elsewhere where the command "Set Up Wine Runner" has been run; else `posix`.',
			winsock: 'The real `ws2_32.dll`: on Windows itself, elsewhere through Wine.',
			posix: 'The counterpart of Linux or macOS, for the control codes that have one.',
		},
	},
	{
		key: 'trace.server',
		type: 'choice',
		default: 'off',
		scope: 'window',
		description: 'Log the messages between VS Code and the language server in the output channel.',
		choices: {
			off: 'Log no message.',
			messages: 'Log the name of each message.',
			verbose: 'Log each message with its contents.',
		},
	},
] as const satisfies readonly SettingSpec[];

/** What a rule can be set to. */
const SEVERITIES = ['off', 'hint', 'info', 'warning', 'error'] as const satisfies readonly (Severity | 'off')[];

const isSeverity = (value: unknown): value is Severity | 'off' => SEVERITIES.some((s) => s === value);

/** The settings that the engine reads, checked and complete. */
export interface Settings {
	readonly codeLens: boolean;
	readonly runLens: boolean;
	readonly correctSizesLens: boolean;
	readonly hover: boolean;
	/** Targets to judge. */
	readonly targets: readonly Target[];
	readonly rules: Readonly<Record<string, Severity | 'off'>>;
	readonly exclude: readonly string[];
	/** Entry points by the name of the user's own function. */
	readonly functions: Readonly<Record<string, ApiId>>;
	/** Folders, absolute or relative to the workspace folder. */
	readonly includePath: readonly string[];
	/** In bytes. */
	readonly maxFileSize: number;
	/** Absent: any version will do. */
	readonly minWindows?: string;
}

const defaultOf = <K extends (typeof settingSpecs)[number]['key']>(key: K) =>
	(settingSpecs.find((s) => s.key === key) as { default: unknown }).default;

/** What holds where nothing is set. */
export const DEFAULTS: Settings = {
	codeLens: defaultOf('codeLens.enable') as boolean,
	runLens: defaultOf('runLens.enable') as boolean,
	correctSizesLens: defaultOf('correctSizesLens.enable') as boolean,
	hover: defaultOf('hover.enable') as boolean,
	targets: TARGETS,
	rules: {},
	exclude: [],
	functions: {},
	includePath: [],
	maxFileSize: defaultOf('maxFileSize') as number,
};

export interface SettingsReading {
	readonly settings: Settings;
	/** What was wrong, a sentence each; the default stands in its place. */
	readonly problems: readonly string[];
}

const MAX_ENTRIES = 500;
const MAX_RULES = 200;
const MAX_FUNCTIONS = 200;
const MAX_PROBLEMS = 20;
const FUNCTION_NAME = /^[A-Za-z_]\w{0,99}$/;

/**
 * Reads settings from a value of any shape, as an editor sends it or a file holds it: nested objects
 * (`{ "codeLens": { "enable": false } }`) and dotted keys (`{ "codeLens.enable": false }`) alike. What is wrong is
 * told and replaced by its default; keys that are unknown are ignored.
 */
export function readSettings(raw: unknown): SettingsReading {
	const problems: string[] = [];
	const complain = (problem: string) => {
		if (problems.length < MAX_PROBLEMS) problems.push(problem);
	};
	const given = (key: string): unknown => {
		const value = lookUp(raw, key);
		return value === null ? undefined : value;
	};
	if (raw !== undefined && raw !== null && !isObject(raw)) complain('The settings are not an object.');

	const flag = (
		key: 'codeLens.enable' | 'runLens.enable' | 'correctSizesLens.enable' | 'hover.enable',
		otherwise: boolean,
	): boolean => {
		const value = given(key);
		if (value === undefined || typeof value === 'boolean') return value ?? otherwise;
		complain(`${key} has to be true or false.`);
		return otherwise;
	};

	const targets = (): readonly Target[] => {
		const value = given('target');
		if (value === undefined || value === 'all') return TARGETS;
		const target = TARGETS.find((t) => t === value);
		if (target) return [target];
		complain(`target has to be ${either(['all', ...TARGETS])}.`);
		return TARGETS;
	};

	const severities = (): Settings['rules'] => {
		const value = given('rules');
		if (value === undefined) return {};
		if (!isObject(value)) {
			complain('rules has to be an object of rule ids and severities.');
			return {};
		}
		const result = new Map<string, Severity | 'off'>();
		for (const id of Object.keys(value)) {
			if (result.size >= MAX_RULES) {
				complain(`rules has more than ${MAX_RULES} entries; the others are ignored.`);
				break;
			}
			const severity = value[id];
			if (!rules.some((r) => r.id === id)) complain(`rules: no rule is called ${shown(id)}.`);
			else if (!isSeverity(severity)) {
				complain(`rules: ${id} has to be ${either(SEVERITIES)}.`);
			} else result.set(id, severity);
		}
		return Object.fromEntries(result);
	};

	const functions = (): Settings['functions'] => {
		const value = given('functions');
		if (value === undefined) return {};
		if (!isObject(value)) {
			complain('functions has to be an object of names and entry points.');
			return {};
		}
		const result = new Map<string, ApiId>();
		for (const name of Object.keys(value)) {
			if (result.size >= MAX_FUNCTIONS) {
				complain(`functions has more than ${MAX_FUNCTIONS} entries; the others are ignored.`);
				break;
			}
			const api = apis.find((a) => a.id === value[name]);
			if (!FUNCTION_NAME.test(name)) complain(`functions: ${shown(name)} is no name of a function.`);
			else if (!api) complain(`functions: ${name} has to be ${either(apis.map((a) => a.id))}.`);
			else result.set(name, api.id);
		}
		return Object.fromEntries(result);
	};

	const texts = (key: 'exclude' | 'includePath'): readonly string[] => {
		const value = given(key);
		if (value === undefined) return [];
		if (!Array.isArray(value)) {
			complain(`${key} has to be a list of texts.`);
			return [];
		}
		if (value.length > MAX_ENTRIES) complain(`${key} has more than ${MAX_ENTRIES} entries; the others are ignored.`);
		return value.slice(0, MAX_ENTRIES).filter((text): text is string => {
			if (typeof text !== 'string' || text.length > LONGEST_PATTERN || text.includes('\0')) {
				complain(`${key}: every entry has to be a text of at most ${LONGEST_PATTERN} characters.`);
				return false;
			}
			const problem = key === 'exclude' ? patternProblem(text) : undefined;
			if (problem) complain(`exclude: ${shown(text)} ${problem}.`);
			return !problem;
		});
	};

	const maxFileSize = (): number => {
		const { default: otherwise, minimum, maximum } = settingSpecs.find((s) => s.key === 'maxFileSize')!;
		const value = given('maxFileSize');
		if (value === undefined) return otherwise;
		if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
		complain(`maxFileSize has to be a whole number from ${minimum} to ${maximum}.`);
		return typeof value === 'number' && value > maximum ? maximum : otherwise;
	};

	const minWindows = (): string | undefined => {
		const value = given('minWindows');
		if (value === undefined || value === '') return undefined;
		const { pattern } = settingSpecs.find((s) => s.key === 'minWindows')!;
		if (typeof value === 'string' && value.length < 32 && new RegExp(pattern).test(value)) return value;
		complain('minWindows has to be a version number such as 10.0.17763.');
		return undefined;
	};

	const oldest = minWindows();
	const settings: Settings = {
		codeLens: flag('codeLens.enable', DEFAULTS.codeLens),
		runLens: flag('runLens.enable', DEFAULTS.runLens),
		correctSizesLens: flag('correctSizesLens.enable', DEFAULTS.correctSizesLens),
		hover: flag('hover.enable', DEFAULTS.hover),
		targets: targets(),
		rules: severities(),
		exclude: texts('exclude'),
		functions: functions(),
		includePath: texts('includePath'),
		maxFileSize: maxFileSize(),
		...(oldest === undefined ? {} : { minWindows: oldest }),
	};
	return { settings, problems };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own properties only: a file may name `constructor` or `__proto__`. */
const own = (value: unknown, key: string): unknown =>
	isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

function lookUp(raw: unknown, key: string): unknown {
	const dotted = own(raw, key);
	if (dotted !== undefined) return dotted;
	return key.split('.').reduce(own, raw);
}

/** `a, b or c`. */
const either = (choices: readonly string[]): string => `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;

/** A foreign text for a message: short, and on one line. */
const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Prefix of the manifest's keys. */
export const SECTION = 'ioctlLens';

/** The manifest's `contributes.configuration`; its texts stand in `manifestTexts`. */
export function manifestConfiguration(): { readonly title: string; readonly properties: Record<string, unknown> } {
	const properties: Record<string, unknown> = {};
	for (const [i, spec] of settingSpecs.entries()) {
		const text = `%configuration.${spec.key}`;
		const name = `${SECTION}.${spec.key}`;
		const common = { order: (i + 1) * 10 };
		const description = { scope: spec.scope, markdownDescription: `${text}%` };
		switch (spec.type) {
			case 'boolean':
				properties[name] = { ...common, type: 'boolean', default: spec.default, ...description };
				break;
			case 'choice':
				properties[name] = {
					...common,
					type: 'string',
					enum: Object.keys(spec.choices),
					default: spec.default,
					...description,
					markdownEnumDescriptions: Object.keys(spec.choices).map((c) => `${text}.${c}%`),
				};
				break;
			case 'severities':
				properties[name] = {
					...common,
					type: 'object',
					default: spec.default,
					...description,
					properties: Object.fromEntries([...rules].sort((a, b) => (a.id < b.id ? -1 : 1)).map(ruleSchema)),
					additionalProperties: false,
				};
				break;
			case 'functions':
				properties[name] = {
					...common,
					type: 'object',
					default: spec.default,
					...description,
					propertyNames: { pattern: FUNCTION_NAME.source },
					maxProperties: MAX_FUNCTIONS,
					additionalProperties: { type: 'string', enum: apis.map((a) => a.id) },
				};
				break;
			case 'texts':
				properties[name] = {
					...common,
					type: 'array',
					items: { type: 'string', maxLength: LONGEST_PATTERN },
					maxItems: MAX_ENTRIES,
					uniqueItems: true,
					default: spec.default,
					...description,
				};
				break;
			case 'integer':
				properties[name] = {
					...common,
					type: 'integer',
					minimum: spec.minimum,
					maximum: spec.maximum,
					default: spec.default,
					...description,
				};
				break;
			case 'text':
				properties[name] = { ...common, type: 'string', pattern: spec.pattern, default: spec.default, ...description };
				break;
		}
	}
	return { title: '%configuration.title%', properties };
}

const ruleSchema = ({ id, title, severity, offByDefault }: Rule): [string, object] => [
	id,
	{ enum: SEVERITIES, description: `${title} (by default: ${offByDefault ? 'off' : severity}).` },
];

/** Settings that a folder's own files may not set before the user trusts it, for the manifest. */
export const restrictedSettings = (): string[] =>
	settingSpecs.filter((spec) => 'restricted' in spec).map((spec) => `${SECTION}.${spec.key}`);

/** The texts that the configuration block refers to, for `package.nls.json`. */
export function manifestTexts(): Record<string, string> {
	const texts: Record<string, string> = { 'configuration.title': 'IOCTL Lens' };
	for (const spec of settingSpecs) {
		texts[`configuration.${spec.key}`] = spec.description;
		if (!('choices' in spec)) continue;
		for (const [choice, text] of Object.entries(spec.choices)) texts[`configuration.${spec.key}.${choice}`] = text;
	}
	return texts;
}
