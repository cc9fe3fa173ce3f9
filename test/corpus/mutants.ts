/**
 * Breaks real calls, which were read and found right, in every way that the tests break written examples: what of that is
 * not reported is told by kind, with the places.
 */
import type { IoctlCall, Quantity } from '../../server/src/calls/model.ts';
import type { Checker, CheckResult } from '../../server/src/check/check.ts';
import { mutantsOf } from '../support/mutants.ts';

interface Kind {
	made: number;
	/** Where a mutant lives. */
	readonly missed: string[];
}

/** Mutants of the calls of many files, by kind. */
export class CallMutants {
	readonly #kinds = new Map<string, Kind>();
	#calls = 0;

	/** Breaks the calls of a file that `chosen` takes; the others stay as they are. */
	async try(
		checker: Checker,
		name: string,
		text: string,
		whole: CheckResult,
		chosen: (call: IoctlCall) => boolean,
	): Promise<void> {
		// A document that is kept: only the function around the call is read anew.
		const document = { key: name };
		for (const [at, call] of whole.calls.entries()) {
			if (!chosen(call) || !isResolved(call) || whole.findings.some((f) => f.call === call && isSerious(f))) continue;
			this.#calls++;
			for (const mutant of mutantsOf(text, call)) {
				const broken = await checker.check({ name, text: mutant.text }, {}, document);
				const kind = this.#kinds.get(mutant.kind) ?? { made: 0, missed: [] };
				this.#kinds.set(mutant.kind, kind);
				kind.made++;
				const target = broken?.calls[at];
				if (!broken?.findings.some((f) => f.call === target && isSerious(f)))
					kind.missed.push(`${name}:${text.slice(0, call.calleeSpan.start).split('\n').length}`);
			}
		}
		checker.forget(document.key);
	}

	/** A line for each kind, and where its mutants were missed. */
	report(): readonly string[] {
		const kinds = [...this.#kinds].sort(([a], [b]) => (a < b ? -1 : 1));
		const made = kinds.reduce((sum, [, kind]) => sum + kind.made, 0);
		const caught = kinds.reduce((sum, [, kind]) => sum + kind.made - kind.missed.length, 0);
		return [
			...kinds.flatMap(([name, { made: of, missed }]) => [
				`${name.padEnd(44)} ${of - missed.length} of ${of}`,
				...missed.map((place) => `    missed: ${place}`),
			]),
			`mutants reported   ${caught} of ${made} (${((100 * caught) / made).toFixed(1)} %), of ${this.#calls} calls`,
		];
	}
}

const isSerious = ({ severity }: { readonly severity: string }): boolean =>
	severity === 'error' || severity === 'warning';

const isKnown = (size: Quantity | undefined): boolean => size === undefined || size.kind === 'known';

const isResolved = ({ code, input, output }: IoctlCall): boolean =>
	code.entry !== undefined && isKnown(input?.length) && isKnown(output?.length);
