import { jsFamily } from '../js/family.ts';

export default jsFamily('tsx', 'tree-sitter-tsx.wasm', ['.tsx'], ['typescriptreact']);
