/** The settings of each document: those of configuration files, and on top what the editor says, asked once and kept until they change. */
import * as l10n from '@vscode/l10n';
import { Catalog } from '../../catalog/catalog.ts';
import { ownCatalog } from '../../catalog/own.ts';
import { isObject, pathOf, worded } from '../../settingKinds.ts';
import { readSettings, SECTION, type Settings, unrestricted } from '../../settings.ts';
import { merged, type Values } from '../../workspace/configured.ts';
import type { ConfiguredDocument } from './editorProject.ts';

export interface ConfigurationSource {
	/** Asks the editor for the settings that hold for a document; absent where the editor cannot be asked. It may have none. */
	readonly ask?: (uri: string) => Promise<unknown>;
	/** Settings given at the start, for editors that cannot be asked or answer nothing. */
	readonly initial?: unknown;
	/** Resolves when `files` can tell; undefined where it can anyway. */
	readonly prepare?: (uri: string) => Promise<void> | undefined;
	/** What configuration files say of a document. */
	readonly files?: (uri: string) => ConfiguredDocument | undefined;
	/** False where the user has not trusted the folders that are open: their files must not hide a finding. */
	readonly trusted?: boolean;
	/** Resolves when an answer has been waited for long enough; absent: it is waited for without end. */
	readonly patience?: () => Promise<void>;
	/** Told when an answer came after all, and says something else than was taken for it. */
	readonly late?: () => void;
	/** Told once for each problem until the settings change. */
	readonly warn: (problem: string) => void;
}

/** Settings by document, asked for at most once at a time. */
export class Configuration {
	readonly #source: ConfigurationSource;
	readonly #kept = new Map<string, Promise<Settings>>();
	/** What was read last, also before a change: settings that are read again and say the same stay the same object. */
	readonly #read = new Map<string, Settings>();
	readonly #told = new Set<string>();
	#pushed: unknown;
	#trusted: boolean;

	constructor(source: ConfigurationSource) {
		this.#source = source;
		this.#trusted = source.trusted ?? true;
		this.#pushed = ownSection(source.initial);
	}

	/** The settings of a document. Never rejects: what cannot be had is the default. */
	of(uri: string): Promise<Settings> {
		let settings = this.#kept.get(uri);
		if (!settings) {
			settings = this.#soon(uri);
			this.#kept.set(uri, settings);
		}
		return settings;
	}

	/** The answer, or what holds without one when it does not come: a client may never give it. */
	async #soon(uri: string): Promise<Settings> {
		const { ask, patience, late } = this.#source;
		const answer = this.#load(uri);
		if (!ask || !patience) return answer;
		const first = await Promise.race([answer, patience()]);
		if (first) return first;
		this.#tell('The editor does not answer what its settings are; the defaults hold until it does.');
		const assumed = this.#judge(uri, this.#pushed);
		const own = this.#kept.get(uri);
		void answer.then((settings) => {
			// Forgotten or asked for again meanwhile: this answer is nobody's.
			if (settings === assumed || this.#kept.get(uri) !== own) return;
			this.#kept.set(uri, answer);
			late?.();
		});
		return assumed;
	}

	/**
	 * What tells the settings of files of a workspace folder that no editor has open: the editor is asked once for all of
	 * them. Whether a file is excluded is not among what is told.
	 */
	async below(folderUri: string): Promise<(uri: string) => Settings> {
		const { files, patience } = this.#source;
		const answer = this.#ask(folderUri);
		const raw = await (patience ? Promise.race([answer, patience().then(() => this.#pushed)]) : answer);
		/** Files of one folder have one configuration. */
		const known = new Map<Values | undefined, Settings>();
		return (uri) => {
			const configured = files?.(uri);
			let settings = known.get(configured?.values);
			settings ??= this.#together(configured, raw);
			known.set(configured?.values, settings);
			return settings;
		};
	}

	/** Whether configuration files are believed. */
	get trusted(): boolean {
		return this.#trusted;
	}

	async #load(uri: string): Promise<Settings> {
		const ready = this.#source.prepare?.(uri);
		const raw = await this.#ask(uri);
		if (ready) await ready;
		return this.#judge(uri, raw);
	}

	/** What the editor says. */
	async #ask(uri: string): Promise<unknown> {
		try {
			return (await this.#source.ask?.(uri)) ?? this.#pushed;
		} catch (error) {
			this.#tell(
				l10n.t(
					'The settings could not be read, so the defaults hold: {0}',
					error instanceof Error ? error.message : String(error),
				),
			);
			return undefined;
		}
	}

	#judge(uri: string, raw: unknown): Settings {
		const files = this.#source.files?.(uri);
		return this.#same(uri, this.#together(files, raw), files);
	}

	#together(files: ConfiguredDocument | undefined, raw: unknown): Settings {
		for (const problem of files?.problems ?? []) this.#tell(problem);
		const under = files ? this.#allowed(files) : {};
		const { settings, problems } = isValues(raw) ? readSettings(merged(under, given(raw))) : readSettings(raw);
		for (const problem of problems) this.#tell(l10n.t('Setting ignored. {0}', problem));
		if (isValues(raw)) this.#tellApart(settings, given(raw));
		return isValues(raw) ? settings : readSettings(under).settings;
	}

	/** What of the editor's own codes does not go together with the others; that of files is told with them. */
	#tellApart(settings: Settings, raw: Values): void {
		if (!raw.codes && !raw.structs) return;
		for (const problem of ownCatalog(Catalog.builtin, settings).problems) {
			const [key = '', name = ''] = pathOf(problem);
			const own = raw[key];
			if (isObject(own) && Object.hasOwn(own, name)) this.#tell(l10n.t('Setting ignored. {0}', worded(problem)));
		}
	}

	/** What files say, as far as they are believed. */
	#allowed({ values }: ConfiguredDocument): Values {
		return this.#trusted ? values : unrestricted(values);
	}

	#same(uri: string, read: Settings, files: ConfiguredDocument | undefined): Settings {
		const settings = files?.excluded && this.#trusted ? { ...read, exclude: [...read.exclude, EVERYTHING] } : read;
		const last = this.#read.get(uri);
		if (last && JSON.stringify(last) === JSON.stringify(settings)) return last;
		this.#read.set(uri, settings);
		return settings;
	}

	#tell(problem: string): void {
		if (this.#told.has(problem)) return;
		this.#told.add(problem);
		this.#source.warn(problem);
	}

	/** The user trusts the folders that are open, or no longer; `changed` has to be told as well. */
	trust(trusted: boolean): void {
		this.#trusted = trusted;
	}

	/**
	 * The settings may have changed; `pushed` is what editors that cannot be asked send along.
	 * @returns whether those of any document did: editors also tell of changes that are none, one of them at each start.
	 */
	async changed(pushed?: unknown): Promise<boolean> {
		const before = [...this.#kept];
		this.#kept.clear();
		this.#told.clear();
		if (pushed !== undefined && pushed !== null) this.#pushed = ownSection(pushed);
		const changes = before.map(async ([uri, settings]) => (await settings) !== (await this.of(uri)));
		return (await Promise.all(changes)).includes(true);
	}

	forget(uri: string): void {
		this.#kept.delete(uri);
		this.#read.delete(uri);
	}
}

/** A document that a configuration file excludes, whatever folder its path begins in. */
const EVERYTHING = '**/*';

const isValues = (raw: unknown): raw is Values | undefined | null =>
	raw === undefined || raw === null || (typeof raw === 'object' && !Array.isArray(raw));

/** What is set at all. */
const given = (raw: Values | undefined | null): Values =>
	Object.fromEntries(Object.entries(raw ?? {}).filter(([, value]) => value !== undefined && value !== null));

/** Editors send their settings with or without the section's name around them. */
const ownSection = (settings: unknown): unknown =>
	typeof settings === 'object' && settings !== null && SECTION in settings ? settings[SECTION] : settings;
