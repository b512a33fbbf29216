import keras
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow_probability import bijectors as tfb


class Net(tf.Module):
    def __init__(self):
        self.dense = layers.Dense(3)

    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        x.grad = None
        return self.dense.forward(x)

    def run(self, x):
        return self.forward(x)


class Layer(keras.layers.Layer):
    def run(self, x):
        return self.forward(tfb.Exp().forward(x))


def use(model: tf.keras.Model, layer: tf.keras.layers.Layer, x):
    tf.keras.layers.Dense(3).forward(x)
    tf.nn.Module().forward(x)
    layer.forward(x)
    return model.forward(x)
