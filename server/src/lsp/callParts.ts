/** What a call does in a few words, for a line of its own: its code and both sizes. */
import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall } from '../calls/model.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { Target } from '../types/ctype.ts';
import { minimumSize } from '../types/requirements.ts';
import { codeName, sizeText } from './callText.ts';

/** `SIO_KEEPALIVE_VALS`, `in 4, needs 12`: the code, with what a constant means, and the size of each side that matters. */
export function callParts(call: IoctlCall, targets: readonly Target[], catalog: Catalog): readonly string[] {
	const { entry } = call.code;
	const name = codeName(call);
	const said = entry && constantMeaning(call, entry.input);
	return [
		said === undefined ? name : `${name} ${said}`,
		...sidePart('in', call.input, entry?.input, targets, catalog),
		...sidePart('out', call.output, entry?.output, targets, catalog),
	];
}

/** The size of one side; nothing where the code has no such buffer, and none is given or can be. */
function sidePart(
	label: 'in' | 'out',
	buffer: BufferArgument | undefined,
	spec: BufferSpec | undefined,
	targets: readonly Target[],
	catalog: Catalog,
): readonly string[] {
	const given = sizeText(buffer?.length, targets);
	if (spec && spec.use !== 'required' && given === '0') return [];
	// Without a size of its own the function's single buffer counts for the side that the code has.
	if ((spec?.use === 'unused' || spec?.use === 'must-be-empty') && !buffer?.size) return [];
	const part = label === 'in' ? l10n.t('in {0}', given) : l10n.t('out {0}', given);
	const needed = spec?.use === 'required' ? minimumSize(spec, catalog) : undefined;
	const { length } = buffer ?? {};
	if (!needed || length?.kind !== 'known' || length.values.length === 0) return [part];
	const isShort = targets.some((t) => length.values.every((v) => v[t] < needed[t]));
	return [isShort ? l10n.t('{0}, needs {1}', part, sizeText({ kind: 'known', values: [needed] }, targets)) : part];
}

/** `0: blocking`: what the one number that goes in means, where the catalog says it of 0 and of all others. */
function constantMeaning({ input }: IoctlCall, { flag }: BufferSpec): string | undefined {
	const { initial } = input?.pointer.object ?? {};
	const [only] = initial ?? [];
	if (!flag || initial?.length !== 1 || only?.path !== '' || typeof only.value !== 'number') return undefined;
	return `${only.value}: ${only.value === 0 ? flag.zero : flag.other}`;
}
