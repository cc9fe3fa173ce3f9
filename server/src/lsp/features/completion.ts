/** Completion of control codes, of the arguments that follow from them, and of whole calls. */
import type { ClientCapabilities, CompletionItem } from 'vscode-languageserver';
import type { Catalog } from '../../catalog/catalog.ts';
import { hex } from '../../catalog/opcode.ts';
import { codeSummary } from '../../reference/render/markdown.ts';
import { completionsAt, type ItemStyle, mayBeName, NO_COMPLETIONS } from '../completions.ts';
import type { Feature } from '../feature.ts';
import { CompletionRequest, CompletionResolveRequest } from '../standard.ts';
import { mayHoldCallsIn } from '../worthReading.ts';

/** What the client makes of an item. */
function styleOf({ textDocument }: ClientCapabilities): ItemStyle {
	const item = textDocument?.completion?.completionItem;
	return {
		insertReplace: item?.insertReplaceSupport === true,
		labelDetails: item?.labelDetailsSupport === true,
		snippets: item?.snippetSupport === true,
	};
}

/** The name of the code that an item is for. */
function nameIn(item: CompletionItem): string | undefined {
	const data: unknown = item?.data;
	const name = typeof data === 'object' && data !== null && 'code' in data ? data.code : undefined;
	return typeof name === 'string' ? name : undefined;
}

/** The item with its documentation: what its code asks for. */
function resolved(item: CompletionItem, catalog: Catalog, markdown: boolean): CompletionItem {
	const name = nameIn(item);
	const found = name === undefined ? undefined : catalog.code(name);
	if (!found) return item;
	const value = markdown ? codeSummary(found.code, catalog, found.alias) : (found.code.summary ?? '');
	// What the list says of an item in one line is on its page.
	const { header, opcode } = found.code;
	const detail = markdown ? { detail: [hex(opcode.value), header].filter(Boolean).join(' · ') } : {};
	return { ...item, ...detail, documentation: { kind: markdown ? 'markdown' : 'plaintext', value } };
}

/** Typed behind anything else, a space asks for nothing. */
const BEHIND_COMMA = /[,(]\s{1,20}$/;

export default {
	capability: { completionProvider: { triggerCharacters: ['(', ',', ' '], resolveProvider: true } },
	register(on) {
		on.request(CompletionRequest, {
			what: 'Completion',
			empty: null,
			async answer({ analyses, catalog, client }, { textDocument, position, context }) {
				const document = analyses.document(textDocument.uri);
				if (!document) return null;
				const mayHold = mayHoldCallsIn(document, catalog);
				const isWorth: typeof mayHold = (text, offset, settings) => {
					if (context?.triggerCharacter === ' ' && !BEHIND_COMMA.test(text.slice(Math.max(0, offset - 22), offset)))
						return false;
					return mayBeName(text, offset) || mayHold(text, offset, settings);
				};
				const style = styleOf(client.capabilities);
				const found = await analyses.lookAsAsked(textDocument.uri, position, isWorth, (view) =>
					completionsAt(view, style),
				);
				const { items, isIncomplete } = found ?? NO_COMPLETIONS;
				return items.length > 0 || isIncomplete ? { isIncomplete, items: [...items] } : null;
			},
		});
		on.request(CompletionResolveRequest, {
			what: 'Completion',
			empty: { label: '' },
			answer({ catalogWith, client }, item) {
				const formats = client.capabilities.textDocument?.completion?.completionItem?.documentationFormat;
				const name = nameIn(item);
				const catalog = catalogWith((one) => name !== undefined && one.code(name) !== undefined);
				return resolved(item, catalog, formats?.includes('markdown') ?? false);
			},
		});
	},
} satisfies Feature;
