/** What each argument of a call means for its control code, while the call is being written. */
import type { ClientCapabilities, MarkupContent, ParameterInformation, SignatureHelp } from 'vscode-languageserver';
import { firstSentence } from '../../reference/facts.ts';
import { prose } from '../../reference/render/markdown.ts';
import { meaningOf } from '../../writing/meaning.ts';
import type { Feature } from '../feature.ts';
import { type CallPlace, callPlaceAt } from '../placeOfCall.ts';
import { SignatureHelpRequest } from '../standard.ts';
import { mayHoldCallsIn } from '../worthReading.ts';

interface SignatureStyle {
	readonly markdown: boolean;
	/** Parameters may be told by their offsets in the label. */
	readonly offsets: boolean;
}

function styleOf({ textDocument }: ClientCapabilities): SignatureStyle {
	const signature = textDocument?.signatureHelp?.signatureInformation;
	return {
		markdown: signature?.documentationFormat?.includes('markdown') === true,
		offsets: signature?.parameterInformation?.labelOffsetSupport === true,
	};
}

/** A parameter as the label writes it, and the argument of the entry point that it becomes. */
interface Shown {
	readonly text: string;
	readonly slot?: number | undefined;
}

/** The parameters of what is really called: the function's own, or those of a wrapper around it. */
function shown({ api, site }: CallPlace): readonly Shown[] {
	if (site.wrapper) return site.wrapper.parameters.map(({ name, slot }) => ({ text: name === '' ? '…' : name, slot }));
	return api.parameters.map(({ name, type }, slot) => ({
		text: type.endsWith('*') ? type + name : `${type} ${name}`,
		slot,
	}));
}

/** Markup that a client without it can read: what is marked as code stands between quotes of its own. */
const plain = (markdown: string): string => markdown.replace(/\\([\\`<[\]*])/g, '$1').replaceAll('`', '');

function signature(place: CallPlace, { markdown, offsets }: SignatureStyle): SignatureHelp {
	const { api, code, catalog, wording, site, call } = place;
	const parameters = shown(place);
	const content = (value: string): MarkupContent => ({
		kind: markdown ? 'markdown' : 'plaintext',
		value: markdown ? value : plain(value),
	});
	const head = call.through === undefined ? `${api.returns} ${api.id}(` : `${call.through}(`;
	const informations: ParameterInformation[] = [];
	let label = head;
	for (const [i, { text, slot }] of parameters.entries()) {
		if (i > 0) label += ', ';
		const documentation = slot === undefined ? '' : meaningOf(slot, { api, code, catalog, wording });
		informations.push({
			label: offsets ? [label.length, label.length + text.length] : text,
			...(documentation === '' ? {} : { documentation: content(documentation) }),
		});
		label += text;
	}
	label += call.through === undefined ? ')' : `) → ${api.id}`;
	const about = code
		? `\`${code.name}\`: ${prose(firstSentence(code.summary ?? ''))}`
		: prose(firstSentence(api.summary));
	return {
		signatures: [{ label, documentation: content(about), parameters: informations }],
		activeSignature: 0,
		activeParameter: site.at,
	};
}

export default {
	capability: { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } },
	register(on) {
		on.request(SignatureHelpRequest, {
			what: 'Signature help',
			empty: null,
			async answer({ analyses, catalog, client }, { textDocument, position }) {
				const document = analyses.document(textDocument.uri);
				if (!document) return null;
				const isWorth = mayHoldCallsIn(document, catalog);
				const help = await analyses.lookAsAsked(textDocument.uri, position, isWorth, (view) => {
					const place = callPlaceAt(view);
					return place && place.call.kind === 'ioctl' ? signature(place, styleOf(client.capabilities)) : undefined;
				});
				return help ?? null;
			},
		});
	},
} satisfies Feature;
