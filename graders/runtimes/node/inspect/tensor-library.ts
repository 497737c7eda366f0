/** What of the deep-learning library a task without automatic differentiation may use. Every name not listed is forbidden. */

/** Packages through which the library can be reached. */
export const isTensorLibrary = (specifier: string): boolean => /^@tensorflow\//.test(specifier);

const names = (list: string) => list.trim().split(/\s+/);

/** Functions on tensors, ways to make and free them, and what builds models or data without training them. */
export const allowedExports: ReadonlySet<string> = new Set(
  names(`
    abs acos acosh add addN all any argMax argMin asin asinh atan atan2 atanh avgPool avgPool3d basicLSTMCell batchNorm
    batchNorm2d batchNorm3d batchNorm4d batchToSpaceND bincount bitwiseAnd booleanMaskAsync broadcastArgs broadcastTo
    broadcast_util buffer cast ceil clipByValue clone complex concat concat1d concat2d concat3d concat4d conv1d conv2d
    conv2dTranspose conv3d conv3dTranspose cos cosh cosineWindow cumprod cumsum denseBincount depthToSpace
    depthwiseConv2d diag dilation2d div divNoNan dot dropout einsum elu enclosingPowerOfTwo ensureShape equal erf
    euclideanNorm exp expandDims expm1 eye fft fill floor floorDiv fused gather gatherND greater greaterEqual ifft imag
    image inTopKAsync irfft isFinite isInf isNaN leakyRelu less lessEqual linalg linspace localResponseNormalization log
    log1p logSigmoid logSoftmax logSumExp logicalAnd logicalNot logicalOr logicalXor losses lowerBound matMul math max
    maxPool maxPool3d maxPoolWithArgmax maximum mean meshgrid min minimum mirrorPad mod moments movingAverage mul
    multiRNNCell multinomial neg norm notEqual oneHot ones onesLike outerProduct pad pad1d pad2d pad3d pad4d pool pow
    prelu prod raggedGather raggedRange raggedTensorToTensor rand randomGamma randomNormal randomStandardNormal
    randomUniform randomUniformInt range real reciprocal relu relu6 reshape reverse reverse1d reverse2d reverse3d
    reverse4d rfft round rsqrt scalar scatterND searchSorted selu separableConv2d setdiff1dAsync sigmoid sign signal sin
    sinh slice slice1d slice2d slice3d slice4d softmax softplus spaceToBatchND sparse sparseToDense spectral split sqrt
    square squaredDifference squeeze stack step stridedSlice string sub sum tan tanh tensor tensor1d tensor2d tensor3d
    tensor4d tensor5d tensor6d tensorScatterUpdate tile topk transpose truncatedNormal unique unsortedSegmentSum unstack
    upperBound variable where whereAsync zeros zerosLike
    tidy dispose disposeVariables keep memory profile time print nextFrame ready getBackend enableProdMode
    enableDebugMode disableDeprecationWarnings util version version_core version_layers version_data sumOutType upcastType
    Tensor TensorBuffer Variable Rank Reduction
    setBackend engine browser test_util slice_util tensor_util
    callbacks Callback CallbackList CustomCallback EarlyStopping History
    sequential model input layers initializers regularizers constraints metrics data
    Sequential LayersModel SymbolicTensor InputSpec LayerVariable RNN
  `),
);

/** What to do instead of letting the library differentiate. */
export const noAutodiff =
  'Automatic differentiation is not allowed in this task: write the gradient yourself with tensor operations such as tf.matMul, tf.mul, tf.sub and tf.sum.';

/** Known names that are forbidden, with what to do instead. */
export const forbiddenExports: ReadonlyMap<string, string> = new Map([
  ...names('grad grads valueAndGrad valueAndGrads variableGrads customGrad getGradient registerGradient').map(
    (name): [string, string] => [name, noAutodiff],
  ),
  ...names('train Optimizer OptimizerConstructors SGDOptimizer MomentumOptimizer AdamOptimizer RMSPropOptimizer').map(
    (name): [string, string] => [
      name,
      'Optimisers differentiate automatically, which is not allowed in this task: write the update yourself with tensor operations such as tf.sub and tf.mul.',
    ],
  ),
  ...names('registerBackend removeBackend backend findBackend findBackendFactory').map((name): [string, string] => [
    name,
    'The grader chooses the backend: remove this line.',
  ]),
  ...names('env kernel_impls getKernel registerKernel setPlatform ENV KernelBackend op').map(
    (name): [string, string] => [
      name,
      'The inside of the library is not allowed in this task: use its tensor operations.',
    ],
  ),
  ...names('io loadLayersModel loadGraphModel models').map((name): [string, string] => [
    name,
    'Loading and saving is not allowed in this task: compute with what the function is given.',
  ]),
]);

/** Methods that train a model or differentiate; forbidden on anything, since the name of a model can be anything. */
export const trainingMethods: ReadonlySet<string> = new Set(
  names(
    'fit fitDataset trainOnBatch makeTrainFunction minimize computeGradients applyGradients variableGrads valueAndGrads customGrad',
  ),
);
