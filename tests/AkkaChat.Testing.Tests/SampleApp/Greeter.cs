namespace AkkaChat.Testing.Tests.SampleApp;

/// <summary>A service of the sample application.</summary>
public class Greeter
{
    public virtual string Greet(string name) => $"Hello, {name}!";
}
