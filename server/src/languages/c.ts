import { cFamily } from './cFamily/file.ts';

export default cFamily('c', 'tree-sitter-c.wasm', ['.c']);
