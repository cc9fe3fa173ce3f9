import { jsFamily } from './jsFamily/file.ts';

export default jsFamily('typescript', 'tree-sitter-typescript.wasm', ['.ts', '.mts', '.cts'], ['typescript']);
