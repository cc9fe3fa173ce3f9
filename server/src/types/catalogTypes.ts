/** The built-in catalog's types, for those that are not handed a `Catalog` yet. */
import { Catalog } from '../catalog/catalog.ts';
import { lookupOver } from './catalogLookup.ts';
import type { Lookup } from './layout.ts';

export const catalogSpec = (name: string) => Catalog.builtin.type(name);
export const catalogType: Lookup = (name, tag) => Catalog.builtin.lookup(name, tag);
export const withCatalog = (own: Lookup): Lookup => lookupOver(own, catalogType);
