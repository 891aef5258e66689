namespace AkkaChat.Stores.Tests.Support;

/// <summary>The assembly that the shared support of tests of stores is compiled into.</summary>
internal static class TestAssembly
{
    public const string Name = "AkkaChat.Stores.Tests";
}
