import { jsFamily } from '../js/family.ts';

export default jsFamily('typescript', 'tree-sitter-typescript.wasm', ['.ts', '.mts', '.cts'], ['typescript']);
