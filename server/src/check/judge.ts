/** The rules over calls and declarations: findings before comments silence any. */
import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import type { Surroundings } from '../calls/site.ts';
import type { Wording } from '../calls/wording.ts';
import type { ApiId } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { rules } from '../rules/index.generated.ts';
import { kept, type Ranked } from '../rules/order.ts';
import type { Fact, Finding, Fix, Rule, RuleContext } from '../rules/rule.ts';
import type { AskedVersion } from '../rules/versions.ts';
import type { Span } from '../syntax/span.ts';
import { TARGETS, type Target } from '../types/ctype.ts';
import { type CheckOptions, settingOf } from './options.ts';
import type { RuleProblem } from './problem.ts';

/** What the rules are told besides the calls and declarations of one text. */
export interface Judging {
	readonly options: CheckOptions;
	/** How the text's language writes things. */
	readonly wording: Wording;
	readonly catalog: Catalog;
	/** The version of Windows that the text itself asks for. */
	readonly fileMinWindows?: AskedVersion | undefined;
	/** What stands around a call; asked for what is found alone. */
	readonly surroundings?: (call: Span) => Surroundings;
	/** Told whenever a rule fails. What fails is one rule on one call; everything else is judged as ever. */
	readonly onProblem?: ((problem: RuleProblem) => void) | undefined;
}

/** What a rule has found, before it is decided whether it is shown. */
interface Candidate extends Ranked {
	readonly fact: Fact;
	readonly by: Rule;
	readonly targets: readonly Target[];
}

const activeUnder = new WeakMap<CheckOptions, readonly Rule[]>();

/** The rules that options leave on: asked for each part of a text. */
function activeRules(options: CheckOptions): readonly Rule[] {
	let found = activeUnder.get(options);
	if (!found) {
		found = rules.filter((rule) => settingOf(rule, options) !== 'off');
		activeUnder.set(options, found);
	}
	return found;
}

/** Runs the rules over calls, in their order. Of the findings on one place of one call those are left that `kept` keeps. */
export function judge(calls: readonly IoctlCall[], judging: Judging): Finding[] {
	const attempt = guard(judging);
	const active = activeRules(judging.options);
	return calls.flatMap((call) => {
		const context = contextOf(call.api, judging, call.targets);
		if (!context) return [];
		const places = new Map<string, Candidate[]>();
		for (const by of active) {
			if (!(by.kinds ?? CONTROL_CODES).includes(call.kind)) continue;
			for (const fact of attempt(by, () => by.check?.(call, context) ?? [])) {
				if (isTheWrappers(fact, call)) continue;
				const { severity = by.severity, targets = context.targets } = fact;
				const place = `${fact.span.start}:${fact.span.end}`;
				const others = places.get(place) ?? [];
				places.set(place, [...others, { rule: by.id, stage: by.stage, severity, targets, fact, by }]);
			}
		}
		const left = [...places.values()].flatMap((candidates) => kept(candidates, context.targets));
		return left.flatMap(({ by, fact }) => attempt(by, () => [worded(by, fact, context, judging, call)]));
	});
}

/** Runs the rules over declarations. */
export function judgeBindings(bindings: readonly IoctlBinding[], judging: Judging): Finding[] {
	const attempt = guard(judging);
	const active = rules.filter((rule) => settingOf(rule, judging.options) !== 'off');
	return bindings.flatMap((binding) => {
		const context = contextOf(binding.api, judging);
		if (!context) return [];
		return active.flatMap((by) =>
			attempt(by, () => (by.checkBinding?.(binding, context) ?? []).map((fact) => worded(by, fact, context, judging))),
		);
	});
}

const CONTROL_CODES: readonly IoctlCall['kind'][] = ['ioctl'];

/** @param compiled the targets that the call is compiled for. */
function contextOf(
	id: ApiId,
	{ options, wording, catalog, fileMinWindows, surroundings }: Judging,
	compiled: readonly Target[] = TARGETS,
) {
	const api = catalog.functionById(id);
	if (!api) return undefined;
	const family = catalog.family(api);
	const { targets: asked = TARGETS, minWindows } = options;
	const targets = asked.filter(
		(target) => compiled.includes(target) && family.models.some((model) => model.target === target),
	);
	if (targets.length === 0) return undefined;
	const context: RuleContext = {
		catalog,
		api,
		family,
		wording,
		targets,
		...(surroundings === undefined ? {} : { surroundings }),
		...(minWindows === undefined ? {} : { minWindows }),
		...(fileMinWindows === undefined ? {} : { fileMinWindows }),
	};
	return context;
}

/** Runs a part of a rule's work; nothing is found where it throws. */
function guard({ onProblem }: Judging): <T>(rule: Rule, work: () => readonly T[]) => readonly T[] {
	return (rule, work) => {
		try {
			return work();
		} catch (error) {
			onProblem?.({ rule: rule.id, error });
			return [];
		}
	};
}

/** What a wrapper or a macro writes itself is reported there once, unless only the caller's code makes it wrong. */
const isTheWrappers = ({ span }: Fact, { calleeSpan, code }: IoctlCall): boolean =>
	span.start === calleeSpan.start && span.end === calleeSpan.end && code.start === calleeSpan.start;

/** The finding that a fact becomes. The user's severity counts for what is shown only, not for what is kept. */
function worded(rule: Rule, fact: Fact, context: RuleContext, { options }: Judging, call?: IoctlCall): Finding {
	const setting = settingOf(rule, options);
	const fix = rule.fix?.(fact, context);
	return {
		start: fact.span.start,
		end: fact.span.end,
		rule: rule.id,
		severity: setting === undefined || setting === 'off' ? (fact.severity ?? rule.severity) : setting,
		message: rule.message(fact, context),
		...(call ? { call } : {}),
		...(fix && isWrittenHere(fix, call) ? { fix } : {}),
	};
}

/** What a wrapper or a macro passes on its own stands for nothing that could be replaced in its use. */
const isWrittenHere = (fix: Fix, call: IoctlCall | undefined): boolean =>
	call === undefined || fix.edits.every(({ start, end }) => start !== call.calleeSpan.start || start === end);
