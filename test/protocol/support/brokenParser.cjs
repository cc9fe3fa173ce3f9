// Stands in for web-tree-sitter.cjs in a build: the real parser, which breaks on texts that name a fault, and counts
// the trees it has made and freed in a file that the environment names.
const fs = require('node:fs');
const path = require('node:path');

const real = path.join(__dirname, 'real-web-tree-sitter.cjs');
// The server asks for a fresh module after a crash; it must not get the dead one behind this file.
delete require.cache[real];
const engine = require(real);

const report = (event) => process.env.PARSER_LOG && fs.appendFileSync(process.env.PARSER_LOG, `${event}\n`);
report('engine');

const { parse } = engine.Parser.prototype;
engine.Parser.prototype.parse = function (text, ...rest) {
	if (text.includes('FAULT_TRAP')) {
		// An address outside of the memory: the wasm traps, and its instance cannot be used any more.
		this[0] = 0x7ffffff0;
	}
	if (text.includes('FAULT_THROW')) throw new TypeError('a mistake in the parser');
	const tree = parse.call(this, text, ...rest);
	if (tree) report('made');
	return tree;
};

const { delete: free } = engine.Tree.prototype;
engine.Tree.prototype.delete = function () {
	report('freed');
	return free.call(this);
};

module.exports = engine;
