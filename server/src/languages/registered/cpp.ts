import { cFamily } from '../c/family.ts';

export default cFamily('cpp', 'tree-sitter-cpp.wasm', [
	'.cpp',
	'.cc',
	'.cxx',
	'.c++',
	'.hpp',
	'.hh',
	'.hxx',
	'.h++',
	'.inl',
	'.ipp',
	'.tpp',
	'.inc',
	'.tcc',
	'.h',
]);
