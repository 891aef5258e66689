using Akka.Configuration;

namespace AkkaChat.Web.Hosting;

/// <summary>The merged configuration: what the settings were read from, and what an own actor system starts with.</summary>
internal sealed record LoadedConfiguration(Config Config);
