namespace AkkaChat;

/// <summary>
/// The server: its main namespace, and the way to the others. <c>MapAkkaChat</c> returns it, and it can be injected
/// everywhere, so that controllers and background services emit too.
/// </summary>
public interface IAkkaChat : INamespace
{
    /// <summary>
    /// The namespace of that name. Naming it makes it exist, so that clients may join it.
    /// </summary>
    /// <param name="name">The name; a missing leading slash is added.</param>
    INamespace Of(string name);
}
