/**
 * Every setting of the product: one table that the `Settings` type, the reader, the configuration file, the options of
 * the command line, the manifest's `contributes.configuration` and its texts are made from. Values come from files that
 * anybody may have written, so nothing is trusted.
 */
import {
	choice,
	codes,
	flag,
	functions,
	integer,
	isObject,
	type Kind,
	path,
	severities,
	structs,
	targetsOf,
	texts,
	version,
} from './settingKinds.ts';
import { patternProblem } from './workspace/exclude.ts';

/** A row of the table. */
export interface SettingSpec {
	/** Below `ioctlLens.`. */
	readonly key: string;
	readonly kind: Kind<unknown>;
	/** `resource`: may differ for each folder. `window`: read by the client. `machine`: likewise, and no folder may set it. */
	readonly scope: 'resource' | 'window' | 'machine';
	/** Not read from a folder that the user has not trusted. */
	readonly restricted?: true;
	/** Means something outside an editor as well, in the configuration file. */
	readonly inFile?: true;
	/** The option of the command line that wins over the file. */
	readonly option?: { readonly flags: string; readonly description: string };
	readonly description: string;
	/** The same for the configuration file, where that differs. */
	readonly fileDescription?: string;
}

const MEBIBYTE = 1024 * 1024;

/** In the order of the settings page, by the name that `Settings` has for each. */
const table = {
	codeLens: {
		key: 'codeLens.enable',
		kind: flag(true),
		scope: 'resource',
		description:
			'Show a code lens above every I/O control call, with its control code and both buffer sizes. The lens needs `#editor.codeLens#` as well.',
	},
	runLens: {
		key: 'runLens.enable',
		kind: flag(true),
		scope: 'resource',
		description:
			'Show a code lens that runs the call, where the workspace is trusted. The command "Run Call at Cursor" needs no lens.',
	},
	correctSizesLens: {
		key: 'correctSizesLens.enable',
		kind: flag(true),
		scope: 'resource',
		description:
			'Where the sizes of a call are wrong, show a second code lens that runs it with the correct ones. The command "Run Call at Cursor with Correct Sizes" needs no lens.',
	},
	hover: {
		key: 'hover.enable',
		kind: flag(true),
		scope: 'resource',
		description: 'Explain a control code when the pointer rests on it.',
	},
	inlayCodes: {
		key: 'inlayHints.codes.enable',
		kind: flag(false),
		scope: 'resource',
		description:
			'Show the name of a control code behind its number. The hint needs `#editor.inlayHints.enabled#` as well.',
	},
	inlaySizes: {
		key: 'inlayHints.sizes.enable',
		kind: flag(false),
		scope: 'resource',
		description: 'Show how many bytes a size argument comes to, where it is no plain number.',
	},
	inlayArguments: {
		key: 'inlayHints.arguments.enable',
		kind: flag(false),
		scope: 'resource',
		description: 'Show the name of each argument of an I/O control call in front of it.',
	},
	semanticTokens: {
		key: 'semanticTokens.enable',
		kind: flag(false),
		scope: 'resource',
		description:
			'Colour control codes as read-only enumeration members. VS Code takes the tokens of one extension for each file, so these may stand in for those of another one; the grammar colours the names without them.',
	},
	/** Targets to judge. */
	targets: {
		key: 'target',
		kind: choice(
			'all',
			{
				all: 'Every target; a finding that holds on some only names them.',
				x86: '32-bit Windows on Intel processors.',
				x64: '64-bit Windows on Intel processors.',
				arm64: '64-bit Windows on ARM processors.',
			},
			targetsOf,
		),
		scope: 'resource',
		restricted: true,
		inFile: true,
		option: { flags: '--target <target>', description: 'Windows on which processor' },
		description: 'The Windows targets a call is checked for. Pointers and handles change the size of some structures.',
	},
	rules: {
		key: 'rules',
		kind: severities,
		scope: 'resource',
		restricted: true,
		inFile: true,
		description: 'Overrides the severity of single rules, by rule id. `off` silences a rule.',
	},
	exclude: {
		key: 'exclude',
		kind: texts(patternProblem),
		scope: 'resource',
		restricted: true,
		inFile: true,
		description:
			'Glob patterns of files that are not checked, relative to the workspace folder. A pattern without a slash matches at any depth, and one that matches a folder excludes all that is in it. Those of a `.ioctl-lens.json` are excluded as well.',
		fileDescription:
			'Glob patterns of files that are not checked, relative to the folder of this file. A pattern without a slash matches at any depth, and one that matches a folder excludes all that is in it.',
	},
	/** In bytes. */
	maxFileSize: {
		key: 'maxFileSize',
		kind: integer(16 * MEBIBYTE, 0, 64 * MEBIBYTE),
		scope: 'resource',
		restricted: true,
		inFile: true,
		option: {
			flags: '--max-file-size <size>',
			description: 'skip larger files; bytes, or with K, M or G (default: 16M)',
		},
		description: 'Files larger than this many bytes are not checked.',
	},
	/** Absent: any version will do. */
	minWindows: {
		key: 'minWindows',
		kind: version,
		scope: 'resource',
		inFile: true,
		option: { flags: '--min-windows <version>', description: 'oldest Windows version to support, such as 10.0.17763' },
		description:
			'The oldest Windows version the program must run on, such as `10.0.17763`. A control code that needs a newer one is reported. Empty: any version will do.',
	},
	/** Entry points by the name of the user's own function. */
	functions: {
		key: 'functions',
		kind: functions,
		scope: 'resource',
		inFile: true,
		description:
			'Functions of your own that end in an entry point: `{ "my_ioctl": "WSAIoctl" }` takes the same arguments, `{ "Adapter::control": { "arguments": ["code", "input", "inputSize"] } }` arguments of its own. Their calls are checked too.',
	},
	/** Control codes of the user's own; absent: none. */
	codes: {
		key: 'codes',
		kind: codes,
		scope: 'resource',
		inFile: true,
		description:
			'Control codes of your own by name, such as `{ "SIO_ACME_RESET": { "value": "_WSAIOW(IOC_VENDOR, 1)", "input": { "type": "DWORD" } } }`. Calls that are given them are checked, explained and completed like those of the built-in codes.',
	},
	/** Structures of the user's own; absent: none. */
	structs: {
		key: 'structs',
		kind: structs,
		scope: 'resource',
		inFile: true,
		description:
			'Structures of your own by name, which `codes` speak of: with their `fields`, or `{ "fromHeader": true }` for what an included header declares.',
	},
	/** Folders, absolute or relative to the workspace folder. */
	includePath: {
		key: 'includePath',
		kind: texts(),
		scope: 'resource',
		restricted: true,
		inFile: true,
		description:
			'Folders in which included headers are looked for, absolute or relative to the workspace folder. A file beside the including one is found without it, and so are the folders that a `compile_commands.json` names.',
		fileDescription:
			'Folders in which included headers are looked for, absolute or relative to the folder of this file. A file beside the including one is found without it, and so are the folders that a `compile_commands.json` names.',
	},
	/** A file, or the folder that it is in; absolute or relative to the workspace folder. Absent: it is looked for. */
	compileCommands: {
		key: 'compileCommands',
		kind: path,
		scope: 'resource',
		restricted: true,
		inFile: true,
		description:
			'The compilation database, or the folder that it is in, absolute or relative to the workspace folder. Empty: `compile_commands.json` is looked for where CMake, Visual Studio, CLion, Meson and `CMakePresets.json` put it, and after it `.vcxproj` and `c_cpp_properties.json`.',
		fileDescription:
			'The compilation database, or the folder that it is in, absolute or relative to the folder of this file. Empty: `compile_commands.json` is looked for where CMake, Visual Studio, CLion, Meson and `CMakePresets.json` put it, and after it `.vcxproj` and `c_cpp_properties.json`.',
	},
	runBackend: {
		key: 'run.backend',
		kind: choice(
			'auto',
			{
				auto: 'Winsock on Windows, and elsewhere where the command "Set Up Wine Runner" has been run; else `posix`.',
				winsock: 'The real `ws2_32.dll`: on Windows itself, elsewhere through Wine.',
				posix: 'The counterpart of Linux or macOS, for the control codes that have one.',
			},
			(name) => name,
		),
		scope: 'machine',
		description: 'What carries out live runs on this machine.',
	},
	traceServer: {
		key: 'trace.server',
		kind: choice(
			'off',
			{
				off: 'Log no message.',
				messages: 'Log the name of each message.',
				verbose: 'Log each message with its contents.',
			},
			(name) => name,
		),
		scope: 'window',
		description: 'Log the messages between VS Code and the language server in the output channel.',
	},
} as const satisfies Readonly<Record<string, SettingSpec>>;

type Table = typeof table;

/** The settings of the server: those of the client have another scope. */
type Name = { [N in keyof Table]: Table[N]['scope'] extends 'resource' ? N : never }[keyof Table];
type Value<N extends Name> = Table[N]['kind'] extends Kind<infer T> ? T : never;
type Optional = { [N in Name]: undefined extends Value<N> ? N : never }[Name];

/** The settings that the engine reads, checked and complete. One that may be without a value is absent then. */
export type Settings = { readonly [N in Exclude<Name, Optional>]: Value<N> } & {
	readonly [N in Optional]?: Exclude<Value<N>, undefined>;
};

/** The rows as a list, each with its name and its default. */
export const settingSpecs: readonly (SettingSpec & { readonly name: string; readonly default: unknown })[] =
	Object.entries<SettingSpec>(table).map(([name, spec]) => ({ ...spec, name, default: spec.kind.default }));

/** Settings from what `value` gives for each row. */
function settingsFrom(value: (spec: SettingSpec) => unknown): Settings {
	const entries = settingSpecs
		.filter(({ scope }) => scope === 'resource')
		.map((spec) => [spec.name, value(spec)] as const)
		.filter(([, each]) => each !== undefined);
	// The table says which names there are, and each kind gives values of its own type.
	return Object.fromEntries(entries) as unknown as Settings;
}

/** What holds where nothing is set. */
export const DEFAULTS: Settings = settingsFrom(({ kind }) => kind.initial);

export interface SettingsReading {
	readonly settings: Settings;
	/** What was wrong, a sentence each; the default stands in its place. */
	readonly problems: readonly string[];
}

const MAX_PROBLEMS = 20;

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
	if (raw !== undefined && raw !== null && !isObject(raw)) complain('The settings are not an object.');
	const settings = settingsFrom(({ key, kind }) => {
		const given = lookUp(raw, key);
		return given === undefined || given === null ? kind.initial : kind.read(given, key, complain);
	});
	return { settings, problems };
}

/** Own properties only: a file may name `constructor` or `__proto__`. */
const own = (value: unknown, key: string): unknown =>
	isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

function lookUp(raw: unknown, key: string): unknown {
	const dotted = own(raw, key);
	if (dotted !== undefined) return dotted;
	return key.split('.').reduce(own, raw);
}

/** Prefix of the manifest's keys. */
export const SECTION = 'ioctlLens';

/** The manifest's `contributes.configuration`; its texts stand in `manifestTexts`. */
export function manifestConfiguration(): { readonly title: string; readonly properties: Record<string, unknown> } {
	const property = ({ key, kind, scope }: SettingSpec, order: number) => {
		const text = `%configuration.${key}`;
		const { choices, members, schema } = kind;
		return {
			order,
			...schema.head,
			default: kind.default,
			scope,
			markdownDescription: `${text}%`,
			...(members ? withTexts(schema.tail, text) : schema.tail),
			...(choices ? { markdownEnumDescriptions: Object.keys(choices).map((c) => `${text}.${c}%`) } : {}),
		};
	};
	const properties = settingSpecs.map((spec, i) => [`${SECTION}.${spec.key}`, property(spec, (i + 1) * 10)]);
	return { title: '%configuration.title%', properties: Object.fromEntries(properties) };
}

/** The members of an object with the keys of their texts in place of the texts. */
function withTexts(tail: object | undefined, text: string): object {
	const { properties, ...others } = tail as { readonly properties: Readonly<Record<string, object>> };
	const named = Object.entries(properties).map(([name, property]) => [
		name,
		{ ...property, description: `${text}.${name}%` },
	]);
	return { properties: Object.fromEntries(named), ...others };
}

/** Keys of a configuration file that are no settings. */
const ABOUT_FILES = {
	extends: {
		type: 'string',
		minLength: 1,
		markdownDescription:
			'Another file whose settings hold where this one says nothing, by its path from the folder of this file. `rules`, `functions`, `codes` and `structs` come together one by one, `exclude` adds up.',
	},
	root: {
		type: 'boolean',
		default: false,
		markdownDescription: 'The `exclude` of configuration files further out does not hold here.',
	},
	$schema: { type: 'string' },
} as const;

/** The settings that may stand in a file of their own beside the configuration file. */
export const BESIDE: readonly string[] = ['codes', 'structs', 'functions'];

const schemaOf = (title: string, specs: readonly SettingSpec[], others: object): object => ({
	$schema: 'http://json-schema.org/draft-07/schema#',
	title,
	type: 'object',
	allowComments: true,
	allowTrailingCommas: true,
	properties: { ...Object.fromEntries(specs.map(schemaProperty)), ...others },
	additionalProperties: false,
});

function schemaProperty({ key, kind, description, fileDescription }: SettingSpec): [string, object] {
	const { choices, schema } = kind;
	const texts = choices ? { markdownEnumDescriptions: Object.values(choices) } : {};
	const text = fileDescription ?? description;
	return [
		key,
		{ ...schema.head, default: kind.default, markdownDescription: text, ...(schema.file ?? schema.tail), ...texts },
	];
}

/** The JSON schema of the configuration file. */
export const configurationSchema = (): object =>
	schemaOf(
		'Settings of IOCTL Lens for the files below this folder',
		settingSpecs.filter(({ inFile }) => inFile),
		ABOUT_FILES,
	);

/** The JSON schema of a file of codes beside it. */
export const codesSchema = (): object =>
	schemaOf(
		'Control codes for the files that the .ioctl-lens.json beside this one holds for',
		settingSpecs.filter(({ key }) => BESIDE.includes(key)),
		{ $schema: ABOUT_FILES.$schema },
	);

/** Of values by key, those that a folder's own files may set before the user trusts it. */
export const unrestricted = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
	Object.fromEntries(
		Object.entries(values).filter(([key]) => !settingSpecs.some((spec) => spec.key === key && spec.restricted)),
	);

/** Settings that a folder's own files may not set before the user trusts it, for the manifest. */
export const restrictedSettings = (): string[] =>
	settingSpecs.filter((spec) => spec.restricted).map((spec) => `${SECTION}.${spec.key}`);

/** The texts that the configuration block refers to, for `package.nls.json`. */
export function manifestTexts(): Record<string, string> {
	const texts: Record<string, string> = { 'configuration.title': 'IOCTL Lens' };
	for (const { key, kind, description } of settingSpecs) {
		texts[`configuration.${key}`] = description;
		for (const [part, text] of Object.entries({ ...kind.choices, ...kind.members }))
			texts[`configuration.${key}.${part}`] = text;
	}
	return texts;
}
