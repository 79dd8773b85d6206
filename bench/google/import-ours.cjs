require('../../dist/google/index.js');
