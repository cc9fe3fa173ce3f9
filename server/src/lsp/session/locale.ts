/** The language in which the server speaks to its client. */
import * as l10n from '@vscode/l10n';
import { Catalog } from '../../catalog/catalog.ts';
import { inOtherWords } from '../../catalog/prose.ts';

type Texts = Readonly<Record<string, string>>;

/** By the first part of a locale; read when somebody speaks it. The keys of each text are the English ones. */
const translations: Readonly<Record<string, () => Promise<readonly { readonly default: Texts }[]>>> = {
	de: () =>
		Promise.all([
			import('../../../l10n/de/rules.json', { with: { type: 'json' } }),
			import('../../../l10n/de/descriptions.json', { with: { type: 'json' } }),
			import('../../../l10n/de/interface.json', { with: { type: 'json' } }),
			import('../../../l10n/de/catalog.json', { with: { type: 'json' } }),
		]),
};

let catalog = Catalog.builtin;

/** The catalog that comes with the product, in the language that is spoken. */
export const spokenCatalog = (): Catalog => catalog;

/**
 * Puts all that the server says from now on into a language: English, where there is no translation.
 * @param locale as the client names its own, `de-CH`; absent: it does not say.
 */
export async function speak(locale: string | undefined): Promise<void> {
	const [language = ''] = (locale ?? '').toLowerCase().split(/[-_]/);
	const load = Object.hasOwn(translations, language) ? translations[language] : undefined;
	const parts = load ? await load() : [];
	const contents: Texts = Object.assign({}, ...parts.map((part) => part.default));
	l10n.config({ contents });
	catalog = load
		? new Catalog(inOtherWords(Catalog.builtin.entries, (text) => contents[text] ?? text))
		: Catalog.builtin;
}
