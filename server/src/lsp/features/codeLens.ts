/** A lens over each call: `SIO_KEEPALIVE_VALS · in 12 · out 0 · Explain`, without the last where there is no command for it. */
import type { CodeLens } from 'vscode-languageserver';
import { codeName, sizeText } from '../callText.ts';
import type { Feature } from '../feature.ts';
import type { Analysis } from '../session/analyses.ts';
import type { ClientCommands } from '../session/clientCommands.ts';
import { CodeLensRequest } from '../standard.ts';

/** The lenses of all calls of a document; the command is empty where the client has none. */
const codeLenses = ({ calls, document, settings }: Analysis, commands: ClientCommands): CodeLens[] =>
	calls.map((call) => {
		const range = document.rangeAt(call.calleeSpan.start, call.calleeSpan.end);
		const sizes = [
			`in ${sizeText(call.input?.length, settings.targets)}`,
			`out ${sizeText(call.output?.length, settings.targets)}`,
		];
		return {
			range,
			command: {
				title: [codeName(call), ...sizes, ...(commands.explainCall === '' ? [] : ['Explain'])].join(' · '),
				command: commands.explainCall,
				arguments: [document.uri, range.start],
			},
		};
	});

export default {
	capability: { codeLensProvider: { resolveProvider: false } },
	register(on) {
		on.request(CodeLensRequest, {
			what: 'Code lens',
			empty: [],
			async answer({ analyses, commands }, { textDocument }) {
				const analysis = await analyses.of(textDocument.uri);
				return analysis?.settings.codeLens ? codeLenses(analysis, commands) : [];
			},
		});
	},
} satisfies Feature;
