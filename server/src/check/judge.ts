/** The rules over calls and declarations: findings before comments silence any. */
import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { FileVersion } from '../languages/c/version.ts';
import { rules } from '../rules/index.generated.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import { TARGETS } from '../types/ctype.ts';
import type { CheckOptions } from './options.ts';

/** Runs the rules over calls. Of findings on one place of one call only the one that names the cause is kept. */
export function judge(
	calls: readonly IoctlCall[],
	options: CheckOptions,
	fileMinWindows: FileVersion | undefined = undefined,
	catalog: Catalog = Catalog.builtin,
): Finding[] {
	const findings: Finding[] = [];
	for (const call of calls) {
		const api = catalog.functionById(call.api);
		if (!api) continue;
		const context = {
			catalog,
			api,
			family: catalog.family(api),
			targets: options.targets ?? TARGETS,
			...(options.minWindows === undefined ? {} : { minWindows: options.minWindows }),
			...(fileMinWindows === undefined ? {} : { fileMinWindows }),
		};
		const byPlace = new Map<string, { finding: Finding; precedence: number }>();
		for (const rule of rules) {
			const setting = options.rules?.[rule.id] ?? (rule.offByDefault ? 'off' : undefined);
			if (setting === 'off' || !(rule.kinds ?? CONTROL_CODES).includes(call.kind)) continue;
			for (const report of rule.check(call, context)) {
				// What a wrapper writes itself is reported there once, unless only the caller's code makes it wrong.
				if (call.through && report.span.start === call.calleeSpan.start && call.code.start === call.calleeSpan.start)
					continue;
				const place = `${report.span.start}:${report.span.end}`;
				const other = byPlace.get(place);
				if (other && other.precedence >= rule.precedence) continue;
				const finding: Finding = {
					start: report.span.start,
					end: report.span.end,
					rule: rule.id,
					severity: setting ?? report.severity ?? rule.severity,
					message: report.message,
					call,
					...(report.fix && isWrittenHere(report.fix, call) ? { fix: report.fix } : {}),
				};
				byPlace.set(place, { finding, precedence: rule.precedence });
			}
		}
		findings.push(...[...byPlace.values()].map((e) => e.finding));
	}
	return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

const CONTROL_CODES: readonly IoctlCall['kind'][] = ['ioctl'];

/** What a wrapper passes on its own stands for nothing that could be replaced in the call of the wrapper. */
const isWrittenHere = (fix: Fix, call: IoctlCall): boolean =>
	call.through === undefined || fix.edits.every((edit) => edit.start !== call.calleeSpan.start);

/** Runs the rules over declarations. */
export function judgeBindings(
	bindings: readonly IoctlBinding[],
	options: CheckOptions,
	catalog: Catalog = Catalog.builtin,
): Finding[] {
	const targets = options.targets ?? TARGETS;
	return bindings.flatMap((binding) => {
		const api = catalog.functionById(binding.api);
		if (!api) return [];
		const context = { catalog, api, family: catalog.family(api), targets };
		return rules.flatMap((rule) => {
			const setting = options.rules?.[rule.id] ?? (rule.offByDefault ? 'off' : undefined);
			if (setting === 'off' || !rule.checkBinding) return [];
			return rule.checkBinding(binding, context).map((report) => ({
				start: report.span.start,
				end: report.span.end,
				rule: rule.id,
				severity: setting ?? report.severity ?? rule.severity,
				message: report.message,
				...(report.fix ? { fix: report.fix } : {}),
			}));
		});
	});
}
