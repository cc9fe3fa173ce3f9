import { jsFamily } from './jsFamily/file.ts';

export default jsFamily('tsx', 'tree-sitter-tsx.wasm', ['.tsx'], ['typescriptreact']);
