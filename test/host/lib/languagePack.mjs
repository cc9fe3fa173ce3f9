import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the workbench speak a language: installs a pack that translates none of VS Code's own texts, so that what is in
 * that language are the texts of the extensions alone. The server has to be started with `--locale` and the language.
 */
export async function installLanguagePack({ extensions, userData }, language) {
	const name = `language-pack-${language}`;
	const publisher = 'ioctl-lens-tests';
	const version = '1.0.0';
	const folder = path.join(extensions, `${publisher}.${name}-${version}`);
	const translations = path.join(folder, 'translations.json');
	const manifest = {
		...{ name, publisher, version, engines: { vscode: '*' } },
		contributes: {
			localizations: [{ languageId: language, translations: [{ id: 'vscode', path: './translations.json' }] }],
		},
	};
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
	// VS Code's own index of language packs, which it makes when one is installed from a file.
	const pack = {
		hash: `${publisher}-${version}`,
		label: language,
		extensions: [{ extensionIdentifier: { id: `${publisher}.${name}` }, version }],
		translations: { vscode: translations },
	};
	await writeFile(path.join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
