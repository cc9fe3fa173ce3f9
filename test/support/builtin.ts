/** The built-in catalog, handed to what takes a catalog, for tests that are about nothing else. */
import type { IoctlCall } from '../../server/src/calls/model.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { AliasSpec, BufferSpec, ControlCode } from '../../server/src/catalog/model.ts';
import * as prefilter from '../../server/src/check/prefilter.ts';
import * as runs from '../../server/src/lsp/liveRuns.ts';
import * as decodeText from '../../server/src/node/decodeText.ts';
import * as files from '../../server/src/node/files.ts';
import * as bits from '../../server/src/reference/bits.ts';
import * as docs from '../../server/src/reference/docs.ts';
import * as reference from '../../server/src/reference/explain.ts';
import * as facts from '../../server/src/reference/facts.ts';
import * as query from '../../server/src/reference/query.ts';
import * as markdown from '../../server/src/reference/render/markdown.ts';
import type { Colours } from '../../server/src/reference/render/terminal.ts';
import type { PosixSystem } from '../../server/src/run/backends/posix.ts';
import * as decoding from '../../server/src/run/buffers/decode.ts';
import * as encoding from '../../server/src/run/buffers/encode.ts';
import { Shapes } from '../../server/src/run/buffers/shape.ts';
import * as preparing from '../../server/src/run/prepare.ts';
import * as probes from '../../server/src/run/probe.ts';
import * as questions from '../../server/src/run/questions.ts';
import * as results from '../../server/src/run/result.ts';
import * as texts from '../../server/src/run/resultText.ts';
import * as subjects from '../../server/src/run/subject.ts';
import { lookupOver } from '../../server/src/types/catalogLookup.ts';
import type { CType, Target } from '../../server/src/types/ctype.ts';
import type { Lookup } from '../../server/src/types/layout.ts';
import * as requirements from '../../server/src/types/requirements.ts';

const catalog = Catalog.builtin;
const winsock = catalog.family({ family: 'winsock' });
const pages = (link: markdown.PageLink = markdown.noLinks): markdown.Pages => ({ catalog, link });

export const codeByName = (name: string) => catalog.code(name);
export const guidByText = (text: string) => catalog.guidByText(text);
export const apiById = (id: string) => catalog.functionById(id)!;
export const apiNames = catalog.functions.flatMap((api) => [api.id, ...api.aliases]);

export const catalogSpec = (name: string) => catalog.type(name);
export const catalogType: Lookup = (name, tag) => catalog.lookup(name, tag);
export const withCatalog = (own: Lookup): Lookup => lookupOver(own, catalog.lookup);
export const minimumSize = (spec: BufferSpec) => requirements.minimumSize(spec, catalog);

export const bitFields = (value: number) => bits.bitFields(value, winsock);
export const bitPicture = (value: number) => bits.bitPicture(value, winsock);
export const bitSentences = (value: number) => winsock.split(value).text;

export const resolveQuery = (text: string) => query.resolveQuery(text, catalog);
export const explain = (text: string, link?: markdown.PageLink) => reference.explain(text, pages(link));
export const explainText = (text: string, colours?: Colours) => reference.explainText(text, catalog, colours);
export const referencePage = (kind: markdown.PageKind, name: string) => reference.referencePage(kind, name, pages());
export const referenceIndex = () => reference.referenceIndex(catalog);
export const documentationFiles = () => docs.documentationFiles(catalog);
export const typeSpelling = (name: string) => facts.typeSpelling(name, catalog);
export const codeHover = (entry: ControlCode, link: markdown.PageLink, alias?: AliasSpec) =>
	markdown.codeHover(entry, pages(link), alias);
export const numberHover = (value: number, link: markdown.PageLink) => markdown.numberHover(value, pages(link));

export const shapeOf = (type: CType, target: Target) => new Shapes(catalog, target).of(type);
export const sizeOn = (type: CType, target: Target) => new Shapes(catalog, target).size(type);
export const leavesOf = (type: CType, target: Target) => questions.leavesOf(type, new Shapes(catalog, target));
export const encode = (type: CType | string, values: encoding.FieldInputs, target: Target, wrap?: boolean) =>
	encoding.encode(type, values, new Shapes(catalog, target), wrap);
export const decode = (
	type: CType | string,
	bytes: Uint8Array,
	{ target, ...options }: decoding.DecodeOptions & { readonly target: Target },
) => decoding.decode(type, bytes, new Shapes(catalog, target), options);
export const subjectOf = (text: string) => subjects.subjectOf(text, catalog);
export const subjectOfCall = (call: IoctlCall) => subjects.subjectOfCall(call, catalog);
export const prepare = (subject: subjects.Subject, options: preparing.RunOptions) =>
	preparing.prepare(subject, options, catalog);
export const prepareProbe = (subject: subjects.Subject, options: Omit<preparing.RunOptions, 'sizes'>) =>
	probes.prepareProbe(subject, options, catalog);
export const resultOf = (run: preparing.PreparedRun, outcome: results.Outcome) =>
	results.resultOf(run, outcome, catalog);
export const runAsC = (run: preparing.PreparedRun) => texts.runAsC(run, catalog);
export const winsockError = (number: number) => winsock.errors.named(number);
export class LiveRuns extends runs.LiveRuns {
	constructor(options: unknown, system: PosixSystem) {
		super(options, system, () => catalog);
	}

	override offersFor(call: IoctlCall) {
		return super.offersFor(call, catalog);
	}
}

export const mayHoldCalls = (text: string) => prefilter.mayHoldCalls(text, catalog);
export const callMarks = (names: readonly string[]) => decodeText.callMarks(catalog, names);
export class SourceReader extends files.SourceReader {
	constructor(maxBytes: number) {
		super(maxBytes, catalog);
	}
}
