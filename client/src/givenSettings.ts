/** The settings that somebody gave: the server takes the others from configuration files before it falls back to defaults. */
import { Uri, workspace } from 'vscode';

const section = 'ioctlLens';

/**
 * The values that were set for a file, in whatever scope, by key.
 * @param keys those of the manifest.
 */
export function givenSettings(scopeUri: string | undefined, keys: readonly string[]): Record<string, unknown> {
	const scope = scopeUri === undefined ? undefined : Uri.parse(scopeUri);
	const configuration = workspace.getConfiguration(section, scope);
	const given = keys.flatMap((key) => {
		const {
			key: _,
			defaultValue,
			defaultLanguageValue,
			languageIds,
			...scopes
		} = configuration.inspect(key) ?? {
			key,
		};
		const isSet = Object.values(scopes).some((value) => value !== undefined);
		// What the editor hands out are proxies.
		return isSet ? [[key, JSON.parse(JSON.stringify(configuration.get(key) ?? null))]] : [];
	});
	return Object.fromEntries(given);
}

/** The keys of the settings, from the extension's manifest. */
export function settingKeys(manifest: { contributes: { configuration: { properties: object } } }): readonly string[] {
	return Object.keys(manifest.contributes.configuration.properties).map((key) => key.slice(section.length + 1));
}

/** True for what this extension's settings stand in. */
export const isOwnSection = (name: string | undefined): boolean => name === section;
