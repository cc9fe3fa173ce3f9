/** The built-in catalog, for those that are not handed a `Catalog` yet. */
import { Catalog, type Constant } from './catalog.ts';

export type { Constant } from './catalog.ts';
export const codeByName = (name: string) => Catalog.builtin.code(name);
export const codesByValue = (value: number) => Catalog.builtin.codes(value);
export const wskOptionByName = (name: string) => Catalog.builtin.option(name);
export const constantByName = (name: string): Constant | undefined => Catalog.builtin.constant(name);
export const allConstantNames = () => Catalog.builtin.constantNames();
export const allCodeNames = () => Catalog.builtin.codeNames();
