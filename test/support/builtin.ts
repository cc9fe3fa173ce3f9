/** The built-in catalog, handed to what takes a catalog, for tests that are about nothing else. */
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { AliasSpec, BufferSpec, ControlCode } from '../../server/src/catalog/model.ts';
import * as bits from '../../server/src/reference/bits.ts';
import * as docs from '../../server/src/reference/docs.ts';
import * as reference from '../../server/src/reference/explain.ts';
import * as facts from '../../server/src/reference/facts.ts';
import * as query from '../../server/src/reference/query.ts';
import * as markdown from '../../server/src/reference/render/markdown.ts';
import type { Colours } from '../../server/src/reference/render/terminal.ts';
import { lookupOver } from '../../server/src/types/catalogLookup.ts';
import type { Lookup } from '../../server/src/types/layout.ts';
import * as requirements from '../../server/src/types/requirements.ts';

const catalog = Catalog.builtin;
const [winsock] = catalog.entries.families;
const pages = (link: markdown.PageLink = markdown.noLinks): markdown.Pages => ({ catalog, link });

export const codeByName = (name: string) => catalog.code(name);
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
