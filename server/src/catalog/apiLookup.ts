/** The built-in catalog's entry points, for those that are not handed a `Catalog` yet. */
import type { Api, ApiId } from './api.ts';
import { Catalog } from './catalog.ts';

export const apiByName = (name: string): Api | undefined => Catalog.builtin.functionByName(name);
export const apiNames: readonly string[] = Catalog.builtin.functions.flatMap((api) => [api.id, ...api.aliases]);
export const apiById = (id: ApiId): Api => Catalog.builtin.functionById(id)!;
